//! Lists `data/editions/*.toml` for the library, so that a new edition of the form is a new file and no code; and hashes
//! the sources of each stage, so that the nightly run knows which files another build would read otherwise.
//!
//! The fuzz crate, one folder below, compiles the same sources and shares this script.

use std::{env, fmt::Write as _, fs, io, path::Path};

/// What decides how bytes become a document.
const READING: &[&str] = &["src/read", "src/document.rs", "src/pipeline/file.rs", "data/fold", "Cargo.lock"];
/// What decides how a document becomes a record.
const KNOWLEDGE: &[&str] = &[
    "src/body.rs",
    "src/check",
    "src/extract",
    "src/finding",
    "src/form",
    "src/region",
    "src/dataset/record.rs",
    "src/dataset/records.rs",
    "src/dataset/traits.rs",
    "data/divisions",
    "data/editions",
    "data/metrics.toml",
];
/// What decides how records become files.
const WRITING: &[&str] = &["src/dataset", "src/check", "src/finding", "src/form", "src/region", "data", "Cargo.lock"];
/// What decides how data files become summaries.
const SUMMARY: &[&str] =
    &["src/summary", "src/page", "src/finding", "src/dataset/schema.rs", "src/region", "data/divisions", "Cargo.lock"];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let up = if Path::new(&root).join("src/read").is_dir() { "" } else { "../" };
    for (name, parts) in [("READING", READING), ("KNOWLEDGE", KNOWLEDGE), ("WRITING", WRITING), ("SUMMARY", SUMMARY)] {
        let mut hash = 0xcbf2_9ce4_8422_2325;
        for part in parts {
            println!("cargo:rerun-if-changed={up}{part}");
            add(&mut hash, &Path::new(&root).join(format!("{up}{part}")))?;
        }
        println!("cargo:rustc-env=NIANBAO_{name}={hash}");
    }
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let places = ["data/editions", "../data/editions"];
    let place = places.into_iter().find(|place| Path::new(&root).join(place).is_dir()).unwrap_or(places[0]);
    println!("cargo:rerun-if-changed={place}");
    let mut files = fs::read_dir(Path::new(&root).join(place))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let mut code = String::from("&[");
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Resolved when the crate is compiled: a target folder may serve clones at several places.
        let path = format!("/{place}/{name}");
        let _ = write!(code, "({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),");
    }
    code.push(']');
    fs::write(Path::new(&out).join("editions.rs"), code)
}

/// Adds a file, or all files of a folder in the order of their names, to an FNV-1a hash.
fn add(hash: &mut u64, path: &Path) -> io::Result<()> {
    if path.is_dir() {
        // The sample archive is no part of the program.
        let entries = fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
        let mut entries: Vec<_> = entries.into_iter().filter(|p| !p.ends_with("data/sample")).collect();
        entries.sort();
        return entries.iter().try_for_each(|entry| add(hash, entry));
    }
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    for byte in name.iter().chain(&fs::read(path)?) {
        *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    Ok(())
}
