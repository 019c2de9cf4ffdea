//! Progress: a bar on a terminal, log lines otherwise. All of it goes to stderr.
//!
//! Owns what a run says while it lasts. Refuses to influence it.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

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

/// Time between two log lines of one step.
const EVERY: Duration = Duration::from_secs(30);

/// The log of one run.
#[derive(Clone, Debug)]
pub struct Log {
    format: LogFormat,
    /// A bar is shown instead.
    quiet: bool,
    run: String,
}

impl Log {
    /// A log of the run of this name.
    #[must_use]
    pub fn new(when: When, format: LogFormat, run: &str) -> Self {
        Self { format, quiet: shows_bar(when), run: run.to_owned() }
    }

    /// Says what happened: `text` for people, `fields` for programs.
    pub fn say(&self, event: &str, text: &str, fields: &Value) {
        if self.quiet {
            return;
        }
        let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let line = match self.format {
            LogFormat::Text => format!("{now} {} {text}", self.run),
            LogFormat::Json => {
                let mut line = json!({"time": now, "run": self.run, "event": event, "message": text});
                if let (Some(line), Some(fields)) = (line.as_object_mut(), fields.as_object()) {
                    line.extend(fields.iter().map(|(k, v)| (k.clone(), v.clone())));
                }
                line.to_string()
            }
        };
        // A closed stderr must not end the run.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

fn shows_bar(when: When) -> bool {
    match when {
        When::Auto => std::io::stderr().is_terminal(),
        When::Always => true,
        When::Never => false,
    }
}

/// Progress over the files of the archive.
pub struct Progress {
    bar: Option<ProgressBar>,
    log: Log,
    started: Instant,
    said: Instant,
    files: u64,
    read: u64,
    bytes: u64,
}

impl Progress {
    /// Starts. `total` counts the bytes of the archive; it is asked for a bar only.
    #[must_use]
    pub fn start(when: When, log: &Log, total: impl FnOnce() -> u64) -> Self {
        let bar = shows_bar(when).then(|| {
            let bar = ProgressBar::with_draw_target(Some(total()), ProgressDrawTarget::stderr());
            if let Ok(style) =
                ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes} {bytes_per_sec} {msg} {eta} left")
            {
                bar.set_style(style);
            }
            bar
        });
        let now = Instant::now();
        Self { bar, log: log.clone(), started: now, said: now, files: 0, read: 0, bytes: 0 }
    }

    /// One file more, of so many bytes; `read` when it was looked into.
    pub fn step(&mut self, bytes: u64, read: bool) {
        self.files += 1;
        self.read += u64::from(read);
        self.bytes += bytes;
        if let Some(bar) = &self.bar {
            bar.inc(bytes);
            if self.files.is_multiple_of(64) {
                bar.set_message(format!("{} files {:.0} files/s", self.files, self.rate()));
            }
        } else if self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            let (files, read, megabytes, rate) = (self.files, self.read, self.bytes as f64 / 1e6, self.rate());
            self.log.say(
                "progress",
                &format!("{files} files seen, {read} read, {megabytes:.0} MB, {rate:.0} files/s"),
                &json!({"files": files, "read": read, "megabytes": megabytes, "files_per_second": rate}),
            );
        }
    }

    fn rate(&self) -> f64 {
        self.files as f64 / self.started.elapsed().as_secs_f64().max(1e-3)
    }

    /// Ends.
    pub fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
