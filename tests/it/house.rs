//! The house: which crate may name which, what a night knows a build by, and where polars may stand.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Crates that decide what comes out, with those that each may name.
const CRATES: [(&str, &[&str]); 5] = [
    ("document", &[]),
    ("read", &["document"]),
    ("report", &["document"]),
    ("dataset", &["document", "read", "report"]),
    ("", &["document", "read", "report", "dataset"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn folder(name: &str) -> PathBuf {
    if name.is_empty() { root() } else { root().join("crates").join(name) }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    walk.into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn crates_name_only_those_below() {
    for (name, below) in CRATES {
        let manifest: toml::Table = fs::read_to_string(folder(name).join("Cargo.toml")).unwrap().parse().unwrap();
        let named: BTreeSet<&str> = manifest["dependencies"]
            .as_table()
            .unwrap()
            .keys()
            .filter_map(|k| k.strip_prefix("nianbao-"))
            .filter(|k| !below.contains(k))
            .collect();
        assert!(named.is_empty(), "nianbao-{name} names {named:?}, which does not lie below it");
    }
}

#[test]
fn polars_stands_in_summary_and_page_alone() {
    for (name, _) in CRATES {
        for file in files(&folder(name).join("src")) {
            let within = ["summary", "page"].iter().any(|f| file.starts_with(root().join("src").join(f)));
            let text = fs::read_to_string(&file).unwrap_or_default();
            assert!(within || !text.contains("polars::"), "{} names polars", file.display());
        }
    }
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "-p", "nianbao-dataset", "-e", "normal", "--prefix", "none"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.contains("parquet ") && !tree.contains("polars"), "the dataset crate links polars");
}

/// A copy of what the build script of a crate sees, and the script itself.
struct Copy {
    folder: TempDir,
    script: PathBuf,
}

impl Copy {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut sources = vec![root().join("Cargo.lock"), root().join("Cargo.toml")];
        sources.extend(CRATES.iter().flat_map(|(name, _)| files(&folder_of_sources(name))));
        sources.extend(data());
        for file in sources {
            let to = folder.path().join(file.strip_prefix(root()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&file, to).unwrap();
        }
        let script = folder.path().join("script");
        let built = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
            .args(["--edition", "2024", "-o"])
            .arg(&script)
            .arg(root().join("crates/build.rs"))
            .status()
            .unwrap();
        assert!(built.success());
        Self { folder, script }
    }

    /// The hash that a crate would be known by.
    fn sources(&self, name: &str) -> String {
        let place = self.folder.path();
        let own = if name.is_empty() { place.to_owned() } else { place.join("crates").join(name) };
        let out = place.join("out");
        fs::create_dir_all(&out).unwrap();
        let ran = Command::new(&self.script).env("CARGO_MANIFEST_DIR", own).env("OUT_DIR", out).output().unwrap();
        assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
        let said = String::from_utf8(ran.stdout).unwrap();
        said.lines().find_map(|l| l.strip_prefix("cargo:rustc-env=NIANBAO_SOURCES=")).unwrap().to_owned()
    }
}

fn folder_of_sources(name: &str) -> PathBuf {
    folder(name).join("src")
}

/// What the program embeds: the sample archive is no part of it.
fn data() -> Vec<PathBuf> {
    let all = files(&root().join("data"));
    all.into_iter().filter(|f| !f.starts_with(root().join("data/sample"))).collect()
}

/// A night must not trust what another build read: every source and every file of data is in the hash of some crate,
/// and the hashes of all crates are in the fingerprints.
#[test]
fn every_source_changes_a_fingerprint() {
    let copy = Copy::new();
    let of_all = || CRATES.map(|(name, _)| copy.sources(name));
    let usual = of_all();
    assert_eq!(usual, of_all());
    for (at, (name, _)) in CRATES.iter().enumerate() {
        for file in files(&folder_of_sources(name)) {
            let place = copy.folder.path().join(file.strip_prefix(root()).unwrap());
            let text = fs::read(&place).unwrap();
            fs::write(&place, [text.as_slice(), b"\n"].concat()).unwrap();
            assert_ne!(copy.sources(name), usual[at], "{} changes nothing", file.display());
            fs::write(&place, text).unwrap();
        }
    }
    // Licences and the pages of rules are read by people only.
    let is_read = |f: &&PathBuf| {
        !f.file_name().unwrap().to_string_lossy().starts_with("LICENSE") && !f.starts_with(root().join("data/rules"))
    };
    for file in data().iter().filter(is_read) {
        let place = copy.folder.path().join(file.strip_prefix(root()).unwrap());
        let text = fs::read(&place).unwrap();
        fs::write(&place, [text.as_slice(), b"\n"].concat()).unwrap();
        assert_ne!(of_all(), usual, "{} is embedded nowhere", file.display());
        fs::write(&place, text).unwrap();
    }
    let told = files(&folder_of_sources("dataset")).into_iter().find(|f| f.ends_with("fingerprint.rs")).unwrap();
    let told = fs::read_to_string(told).unwrap();
    for (name, _) in CRATES.iter().filter(|(name, _)| !matches!(*name, "" | "dataset")) {
        assert!(told.contains(&format!("nianbao_{name}::SOURCES")), "no fingerprint holds nianbao-{name}");
    }
}
