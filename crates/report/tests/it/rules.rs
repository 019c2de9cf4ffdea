//! The pages of the rules: each has its five parts, tells the thresholds as they are, and stands in `docs/rules.md`.
//!
//! `make rules` writes that again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use nianbao_report::finding::{Rule, Settings};

const PARTS: [&str; 5] =
    ["**What it means.** ", "**Why it matters.** ", "**What to do.** ", "**What it rests on.** ", "**Thresholds.** "];

const HEAD: &str = "# Rules

<!-- Made of crates/report/src/finding/rules.rs and data/rules by `make rules`. -->

What a row of the table `findings` means, rule by rule. No finding changes a value: `value` is what is printed.

`error`: something is certainly wrong. `warning`: something to look at. `info`: how something was read. `[checks.severity]` of the
pipeline file sets another severity for any rule, by its name, or `off` to leave its findings out; `[checks.thresholds]` holds the
thresholds that the pages name. What is odd in the reports themselves: [irregularities.md](irregularities.md).
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(rule: Rule) -> String {
    fs::read_to_string(root().join("data/rules").join(format!("{}.md", rule.id()))).unwrap()
}

fn document() -> String {
    let mut out = HEAD.to_owned();
    out.push_str("\n| rule | severity | what it says |\n| --- | --- | --- |\n");
    for rule in Rule::ALL {
        let id = rule.id();
        let _ = writeln!(out, "| [{id}](#{id}) | {} | {} |", rule.severity().code(), rule.en());
    }
    for rule in Rule::ALL {
        let _ = write!(out, "\n## {}\n\n`{}` {}\n\n{}", rule.id(), rule.severity().code(), rule.zh(), page(*rule));
    }
    out
}

#[test]
fn the_document_is_made_of_the_pages() {
    let path = root().join("docs/rules.md");
    if std::env::var_os("NIANBAO_REGENERATE").is_some() {
        fs::write(&path, document()).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == document(), "docs/rules.md differs: run `make rules`");
}

#[test]
fn each_page_has_its_parts_and_no_page_is_left_over() {
    for rule in Rule::ALL {
        let page = page(*rule);
        let parts: Vec<&str> = page.trim_end().split("\n\n").collect();
        assert_eq!(parts.len(), PARTS.len(), "{}", rule.id());
        for (part, head) in parts.iter().zip(PARTS) {
            assert!(part.strip_prefix(head).is_some_and(|text| text.len() > 10), "{}: {head}", rule.id());
        }
        // What a page refers to is there.
        for name in page.split('`').skip(1).step_by(2).filter(|n| n.starts_with("data/") || n.starts_with("docs/")) {
            assert!(root().join(name).exists(), "{}: {name}", rule.id());
        }
    }
    let ids: BTreeSet<String> = Rule::ALL.iter().map(|r| format!("{}.md", r.id())).collect();
    let files = fs::read_dir(root().join("data/rules")).unwrap();
    let files: BTreeSet<String> = files.map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(files, ids);
}

/// `pipelines/nightly.toml` lists the built-in values.
#[test]
fn the_pages_tell_every_threshold_and_its_value() {
    const KEY: &str = "checks.thresholds.";
    let text = fs::read_to_string(root().join("pipelines/nightly.toml")).unwrap();
    let section = text.split("[checks.thresholds]\n").nth(1).and_then(|t| t.split("\n\n").next()).unwrap();
    let listed: BTreeSet<String> = section
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, value)| format!("{key} {}", value.trim_end_matches(".0")))
        .collect();
    let built_in = Settings::default().thresholds;
    let of_file: Settings = toml::from_str(&format!("[thresholds]\n{section}")).unwrap();
    assert_eq!(format!("{built_in:?}"), format!("{:?}", of_file.thresholds));
    let mut told = BTreeSet::new();
    for rule in Rule::ALL {
        let page = page(*rule).split_whitespace().collect::<Vec<_>>().join(" ");
        for behind in page.split(KEY).skip(1) {
            let (key, rest) = behind.split_once('`').unwrap();
            let value = rest.split_once("(built in: ").and_then(|(_, v)| v.split_once(')')).unwrap().0;
            told.insert(format!("{key} {value}"));
        }
    }
    assert_eq!(told, listed);
}
