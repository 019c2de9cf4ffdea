//! `nianbao manual`: man pages and shell completions, for `make install` and packagers.
//!
//! Owns where below a prefix they belong. They are made of the flags themselves, so that they cannot say anything else.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Command;
use clap_complete::Shell;

use super::console::Exit;

/// Shells, folders and file names of their completions.
const COMPLETIONS: [(Shell, &str, &str); 3] = [
    (Shell::Bash, "share/bash-completion/completions", "nianbao"),
    (Shell::Zsh, "share/zsh/site-functions", "_nianbao"),
    (Shell::Fish, "share/fish/vendor_completions.d", "nianbao.fish"),
];

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Prefix below which `share` is
    prefix: PathBuf,
}

pub(super) fn main(args: &Args, command: &Command) -> Result<Exit> {
    let pages = args.prefix.join("share/man/man1");
    let mut all = vec![("nianbao".to_owned(), command.clone())];
    for part in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let name = format!("nianbao-{}", part.get_name());
        let shown = format!("nianbao {}", part.get_name());
        all.push((name.clone(), part.clone().display_name(name).bin_name(shown)));
    }
    for (name, command) in all {
        let mut page = Vec::new();
        clap_mangen::Man::new(command.version(env!("CARGO_PKG_VERSION"))).render(&mut page)?;
        write(&pages, &format!("{name}.1"), &page)?;
    }
    for (shell, folder, name) in COMPLETIONS {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut command.clone(), "nianbao", &mut script);
        write(&args.prefix.join(folder), name, &script)?;
    }
    Ok(Exit::Done)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, bytes))
        .with_context(|| format!("cannot write {}", path.display()))
}
