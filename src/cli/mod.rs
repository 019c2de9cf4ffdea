//! The command line: flags to command to exit code.
//!
//! Owns what people type and read. stdout is for results, stderr for people. Refuses to do the work: each command calls
//! the stage that owns it.

mod check;
mod console;
mod dictionary;
mod diff;
mod manual;
mod rollback;
mod run;
mod show;
mod stage;
mod stop;
mod summary;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use console::Exit;

/// Archives of Chinese annual open-government-information reports in, a Parquet dataset out.
#[derive(Debug, Parser)]
#[command(name = "nianbao", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read an archive, publish the dataset, write the summaries
    Run(run::Args),
    /// Read one report and print what was found, for a person or as JSON
    Show(show::Args),
    /// Verify a published dataset and print its findings by rule
    Check(check::Args),
    /// Compare the current release with an older one: reports added, gone, changed, cell by cell
    Diff(diff::Args),
    /// Point a dataset at an older release
    Rollback(rollback::Args),
    /// The run in stages, for engines and job arrays: plan, read, settle, write, commit
    Stage(stage::Args),
    /// Write the summaries of a published dataset again
    Summary(summary::Args),
    /// Print the data dictionary
    Dictionary(dictionary::Args),
    /// Write man pages and shell completions below a prefix
    #[command(hide = true)]
    Manual(manual::Args),
}

/// Runs the program. Exit codes: 0 done, 1 a threshold was crossed, 2 failed and nothing published.
#[must_use]
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let json = matches!(&cli.command, Command::Run(args) if args.is_json());
    let outcome = match cli.command {
        Command::Run(args) => run::main(&args),
        Command::Show(args) => show::main(&args),
        Command::Check(args) => check::main(&args),
        Command::Diff(args) => diff::main(&args),
        Command::Rollback(args) => rollback::main(&args),
        Command::Stage(args) => stage::main(&args),
        Command::Summary(args) => summary::main(&args),
        Command::Dictionary(args) => dictionary::main(&args),
        Command::Manual(args) => manual::main(&args, &Cli::command()),
    };
    match outcome {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::Violations) => ExitCode::from(1),
        // A reader that closed the pipe has what it wanted.
        Err(error)
            if error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let message = format!("{error:#}{}", advice(&error));
            let line = if json { json_line(&message) } else { format!("nianbao: {message}") };
            let _ = writeln!(std::io::stderr(), "{line}");
            ExitCode::from(2)
        }
    }
}

fn json_line(message: &str) -> String {
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    serde_json::json!({"time": now, "event": "failed", "message": message}).to_string()
}

/// What an error of the system asks for, where it is always the same.
fn advice(error: &anyhow::Error) -> &'static str {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match error.chain().find_map(|e| e.downcast_ref::<std::io::Error>()).map(std::io::Error::kind) {
        Some(StorageFull | QuotaExceeded) => "; make room there and run again",
        Some(PermissionDenied) => "; give this user the right, or run as its owner",
        Some(ReadOnlyFilesystem) => "; the file system is mounted read-only",
        _ => "",
    }
}
