//! Progress: a bar on a terminal, a log line every 30 s otherwise. All of it goes to stderr.
//!
//! Owns what a long step says while it lasts. Refuses to influence it.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::archive::Source;

/// When to show a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

/// Time between two log lines.
const EVERY: Duration = Duration::from_secs(30);

/// Progress of one long step.
pub struct Progress {
    bar: Option<ProgressBar>,
    log: LogFormat,
    started: Instant,
    said: Instant,
    files: u64,
    bytes: u64,
}

impl Progress {
    /// Starts. For a bar the archive is walked once beforehand, to know how much there is.
    #[must_use]
    pub fn start(when: When, log: LogFormat, source: &Source) -> Self {
        let show = match when {
            When::Auto => std::io::stderr().is_terminal(),
            When::Always => true,
            When::Never => false,
        };
        let bar = show.then(|| {
            let total: u64 = source.walk().filter_map(|l| l.size).sum();
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            if let Ok(style) =
                ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes} {bytes_per_sec} {msg} {eta} left")
            {
                bar.set_style(style);
            }
            bar
        });
        let now = Instant::now();
        Self { bar, log, started: now, said: now, files: 0, bytes: 0 }
    }

    /// One file more.
    pub fn step(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
        if let Some(bar) = &self.bar {
            bar.inc(bytes);
            if self.files.is_multiple_of(64) {
                bar.set_message(format!("{} files {:.0} files/s", self.files, self.rate()));
            }
        } else if self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            self.say();
        }
    }

    fn rate(&self) -> f64 {
        self.files as f64 / self.started.elapsed().as_secs_f64().max(1e-3)
    }

    fn say(&self) {
        let (files, megabytes, rate) = (self.files, self.bytes as f64 / 1e6, self.rate());
        let line = match self.log {
            LogFormat::Text => format!("read {files} files, {megabytes:.0} MB, {rate:.0} files/s"),
            LogFormat::Json => {
                serde_json::json!({"event": "progress", "files": files, "megabytes": megabytes, "files_per_second": rate}).to_string()
            }
        };
        // A closed stderr must not end the run.
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// Ends.
    pub fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
