//! One build script for all crates of the workspace: the hash of a crate's sources, and folders of data as lists.
//!
//! Owns what the nightly run knows a build by: `NIANBAO_SOURCES`, the hash of every source file of the crate, of every
//! file under `data/` that those sources embed, and of `Cargo.lock`. Nothing is listed by hand: what a source embeds is
//! read from the source. Refuses to look at other crates: each hashes itself, and who stands on it adds its hash.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let workspace = root.ancestors().find(|p| p.join("Cargo.lock").is_file()).unwrap_or(&root).to_owned();
    let mut sources = files(&root.join("src"))?;
    let mut embedded = BTreeSet::new();
    for source in &sources {
        let text = fs::read_to_string(source)?;
        let folder = source.parent().unwrap_or(&root);
        embedded.extend(between(&text, "include_str!(\"", "\")").map(|path| folder.join(path)));
        // A folder of data: `include!(concat!(env!("OUT_DIR"), "/editions.rs"))` lists `data/editions`.
        for name in between(&text, "env!(\"OUT_DIR\"), \"/", ".rs\"") {
            let listed = files(&workspace.join("data").join(name))?;
            println!("cargo:rerun-if-changed={}", workspace.join("data").join(name).display());
            fs::write(out.join(format!("{name}.rs")), list(&workspace, &root, &listed))?;
            embedded.extend(listed);
        }
    }
    println!("cargo:rerun-if-changed={}", root.join("src").display());
    sources.extend(embedded);
    sources.push(workspace.join("Cargo.lock"));
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for file in &sources {
        println!("cargo:rerun-if-changed={}", file.display());
        // A clone at another place is the same build: names count from the crate.
        let file = fs::canonicalize(file)?;
        let name = file.strip_prefix(fs::canonicalize(&workspace)?).unwrap_or(&file);
        add(&mut hash, name.as_os_str().as_encoded_bytes());
        add(&mut hash, &fs::read(&file)?);
    }
    println!("cargo:rustc-env=NIANBAO_SOURCES={hash:016x}");
    Ok(())
}

/// All files of a folder, in the order of their paths.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

/// What stands between two marks, as often as they stand.
fn between<'t>(text: &'t str, before: &str, after: &str) -> impl Iterator<Item = &'t str> {
    text.split(before)
        .skip(1)
        .filter_map(move |rest| rest.split_once(after).map(|(name, _)| name))
        .filter(|name| !name.contains(['"', '\n']))
}

/// `&[(name, text)]` of files. Paths are resolved when the crate is compiled: a target folder may serve clones at several
/// places.
fn list(workspace: &Path, root: &Path, files: &[PathBuf]) -> String {
    let up = root.strip_prefix(workspace).map_or(0, |below| below.components().count());
    let mut code = String::from("&[");
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let below = file.strip_prefix(workspace).unwrap_or(file).to_string_lossy();
        let path = format!("/{}{below}", "../".repeat(up));
        let _ = write!(code, "({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),");
    }
    code.push(']');
    code
}

/// Adds bytes and their number to an FNV-1a hash.
fn add(hash: &mut u64, bytes: &[u8]) {
    for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
        *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
}
