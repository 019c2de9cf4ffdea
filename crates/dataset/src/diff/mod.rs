//! The difference between two releases: reports that came, went or changed, and the changed cells of these.
//!
//! Owns what `nianbao diff` compares. A report is one and the same as long as its source path is. Refuses to open files
//! that both releases hold with the same bytes, except `reports` beside changed `cells`; to hold the cells of more than
//! one partition of each release; and to judge a difference.

mod read;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use serde::{Serialize, Serializer};

use super::publish::chosen;
use super::{Manifest, Partition, resolve};
use read::{Cell, Names, Release};

/// A text that is held once however often it occurs: cells repeat codes and small figures, releases repeat paths.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shared(Arc<str>);

impl Shared {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Shared {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A release that was compared.
#[derive(Debug, Serialize)]
pub struct Version {
    /// Its name.
    pub run: String,
    /// Version of its schema.
    pub schema_version: String,
    /// Version of the program that made it.
    pub nianbao_version: String,
}

/// Rows of a table, 0 where a release has no such table.
#[derive(Debug, Serialize)]
pub struct TableRows {
    /// Table.
    pub table: String,
    /// Rows before.
    pub before: u64,
    /// Rows after.
    pub after: u64,
}

/// Whose a report is, and where it stands in one release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Report id: other bytes, other id.
    pub report_id: Shared,
    /// Reporting body.
    pub agency: Option<Shared>,
    /// Report year of its partition.
    pub year: Option<i32>,
    /// Province of its partition.
    pub province: Option<u8>,
}

impl Standing {
    const fn partition(&self) -> Partition {
        Partition { year: self.year, province: self.province }
    }
}

/// A report that only one release has.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// Its path.
    pub source_path: Shared,
    /// What it is there.
    #[serde(flatten)]
    pub standing: Standing,
}

/// A report of both releases whose id, partition or cells differ. That it is called or ranked otherwise is no change.
#[derive(Debug, Serialize)]
pub struct Changed {
    /// Its path.
    pub source_path: Shared,
    /// What it was.
    pub before: Standing,
    /// What it is.
    pub after: Standing,
    /// Cells that differ, in the order in which they stand. None when only the id or the partition does.
    pub cells: Vec<ChangedCell>,
}

impl Changed {
    /// Whether the bytes of its file or its partition changed.
    #[must_use]
    pub fn moved(&self) -> bool {
        self.before.report_id != self.after.report_id || self.before.partition() != self.after.partition()
    }
}

/// Which cell of a report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CellName {
    /// Edition of the form.
    pub edition: Shared,
    /// Table of the form.
    pub table: Shared,
    /// Row.
    pub row: Shared,
    /// Column.
    pub column: Shared,
}

/// What a release says about a cell.
#[derive(Clone, Debug, Serialize)]
pub struct CellState {
    /// Its value; `None` when blank or unreadable.
    pub value: Option<f64>,
    /// Its text.
    pub raw: Shared,
    /// Its unit.
    pub unit: Option<Shared>,
    /// How its row was recognised.
    pub matched: Shared,
}

impl PartialEq for CellState {
    // By bits, as the hash sees it: what the hash tells apart must differ here too.
    fn eq(&self, other: &Self) -> bool {
        self.value.map(f64::to_bits) == other.value.map(f64::to_bits)
            && (&self.raw, &self.unit, &self.matched) == (&other.raw, &other.unit, &other.matched)
    }
}

/// A cell that differs.
#[derive(Debug, PartialEq, Serialize)]
pub struct ChangedCell {
    /// Which.
    #[serde(flatten)]
    pub name: CellName,
    /// `None` when it has no row before.
    pub before: Option<CellState>,
    /// `None` when it has no row after.
    pub after: Option<CellState>,
}

/// How a release differs from another.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The older release.
    pub before: Version,
    /// The newer release.
    pub after: Version,
    /// Rows by table.
    pub rows: Vec<TableRows>,
    /// Reports that only the newer has.
    pub added: Vec<Listed>,
    /// Reports that only the older has.
    pub gone: Vec<Listed>,
    /// Reports of both that changed.
    pub changed: Vec<Changed>,
}

impl Difference {
    /// Cells that differ, of all changed reports.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.changed.iter().map(|r| r.cells.len()).sum()
    }
}

/// The release to compare with and the current one: that of this name, else the one before, else the newest older one.
///
/// # Errors
/// When nothing is published, no release has the name, or the current release is the oldest.
pub fn release_before(root: &Path, version: Option<&str>) -> Result<(PathBuf, PathBuf)> {
    let after = resolve(root)?;
    let folder = after.parent().with_context(|| format!("{} is no release", after.display()))?;
    let own = after.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let before = chosen(folder.parent().unwrap_or(folder), &own, version)?;
    Ok((folder.join(before), after))
}

/// Compares two release folders.
///
/// # Errors
/// When a manifest or a data file cannot be read.
pub fn diff(before: &Path, after: &Path) -> Result<Difference> {
    let (before, after) = (Release::open(before)?, Release::open(after)?);
    let cells = differing(&before.manifest, &after.manifest, "cells");
    let mut partitions = differing(&before.manifest, &after.manifest, "reports");
    partitions.extend(&cells);
    let mut names = Names::default();
    let mut old = before.reports(&partitions, &cells, &mut names)?;
    let new = after.reports(&partitions, &cells, &mut names)?;
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    let mut doubtful: BTreeMap<(Partition, Partition), Vec<Changed>> = BTreeMap::new();
    for (source_path, is) in new {
        let Some(was) = old.remove(&source_path) else {
            added.push(Listed { source_path, standing: is.standing });
            continue;
        };
        let report = Changed { source_path, before: was.standing, after: is.standing, cells: Vec::new() };
        if was.cells != is.cells {
            doubtful.entry((report.before.partition(), report.after.partition())).or_default().push(report);
        } else if report.moved() {
            changed.push(report);
        }
    }
    for ((from, to), reports) in doubtful {
        let wanted: Vec<Shared> = reports.iter().map(|r| r.source_path.clone()).collect();
        let mut was = before.cells(from, &wanted, &mut names)?;
        let mut is = after.cells(to, &wanted, &mut names)?;
        for mut report in reports {
            let was = was.remove(&report.source_path).unwrap_or_default();
            let is = is.remove(&report.source_path).unwrap_or_default();
            report.cells = compare(&was, &is);
            // The hash also sees the order of cells, which is no change.
            if report.moved() || !report.cells.is_empty() {
                changed.push(report);
            }
        }
    }
    changed.sort_by(|a, b| a.source_path.cmp(&b.source_path));
    let gone = old.into_iter().map(|(source_path, was)| Listed { source_path, standing: was.standing }).collect();
    let rows = rows(&before.manifest, &after.manifest);
    Ok(Difference { before: before.version(), after: after.version(), rows, added, gone, changed })
}

fn rows(before: &Manifest, after: &Manifest) -> Vec<TableRows> {
    let mut rows: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for file in &before.files {
        rows.entry(file.table.as_str()).or_default().0 += file.rows;
    }
    for file in &after.files {
        rows.entry(file.table.as_str()).or_default().1 += file.rows;
    }
    rows.into_iter().map(|(table, (before, after))| TableRows { table: table.to_owned(), before, after }).collect()
}

/// The partitions in which a table has not the same bytes.
fn differing(before: &Manifest, after: &Manifest, table: &str) -> BTreeSet<Partition> {
    let (before, after) = (contents(before, table), contents(after, table));
    before.symmetric_difference(&after).map(|(partition, _)| *partition).collect()
}

fn contents<'m>(manifest: &'m Manifest, table: &str) -> BTreeSet<(Partition, &'m str)> {
    let of = manifest.files.iter().filter(|f| f.table == table);
    of.map(|f| (Partition { year: f.year, province: f.province }, f.sha256.as_str())).collect()
}

/// The cells that differ, in the order in which they stand. A name that occurs again is compared with its like by count.
fn compare(before: &[Cell], after: &[Cell]) -> Vec<ChangedCell> {
    let mut waiting: BTreeMap<&CellName, VecDeque<usize>> = BTreeMap::new();
    for (at, cell) in before.iter().enumerate() {
        waiting.entry(&cell.name).or_default().push_back(at);
    }
    let pairs: Vec<(&Cell, Option<usize>)> =
        after.iter().map(|c| (c, waiting.get_mut(&c.name).and_then(VecDeque::pop_front))).collect();
    let gone: BTreeSet<usize> = waiting.into_values().flatten().collect();
    let mut gone = gone.into_iter().filter_map(|at| before.get(at).map(|c| (at, c))).peekable();
    let without = |(_, cell): (usize, &Cell)| ChangedCell {
        name: cell.name.clone(),
        before: Some(cell.state.clone()),
        after: None,
    };
    let mut changed = Vec::new();
    for (cell, mate) in pairs {
        // Cells that are gone stand where they stood: before the next one that stayed.
        while let Some(lost) = gone.next_if(|(at, _)| mate.is_some_and(|m| *at < m)) {
            changed.push(without(lost));
        }
        let was = mate.and_then(|m| before.get(m)).map(|c| &c.state);
        if was != Some(&cell.state) {
            let (before, after) = (was.cloned(), Some(cell.state.clone()));
            changed.push(ChangedCell { name: cell.name.clone(), before, after });
        }
    }
    changed.extend(gone.map(without));
    changed
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn shared(text: &str) -> Shared {
        Shared(Arc::from(text))
    }

    fn cells(said: &[(&str, Option<f64>)]) -> Vec<Cell> {
        let of = |(column, value): &(&str, Option<f64>)| Cell {
            name: CellName {
                edition: shared("2021"),
                table: shared("requests"),
                row: shared("received"),
                column: shared(column),
            },
            state: CellState {
                value: *value,
                raw: shared(&value.map(|v| v.to_string()).unwrap_or_default()),
                unit: Some(shared("件")),
                matched: shared("exact"),
            },
        };
        said.iter().map(of).collect()
    }

    /// Column, value before and after; the outer `None` is a cell without a row.
    type Shown = (String, Option<Option<f64>>, Option<Option<f64>>);

    fn shown(before: &[(&str, Option<f64>)], after: &[(&str, Option<f64>)]) -> Vec<Shown> {
        let of = |c: ChangedCell| (c.name.column.to_string(), c.before.map(|s| s.value), c.after.map(|s| s.value));
        compare(&cells(before), &cells(after)).into_iter().map(of).collect()
    }

    #[test]
    fn cells_that_differ() {
        let one = Some(1.0);
        assert!(shown(&[("a", one), ("b", None)], &[("a", one), ("b", None)]).is_empty());
        assert!(shown(&[("a", one), ("b", None)], &[("b", None), ("a", one)]).is_empty());
        assert_eq!(
            shown(&[("a", one), ("b", one), ("c", one)], &[("a", None), ("c", one), ("d", one)]),
            [
                ("a".to_owned(), Some(one), Some(None)),
                ("b".to_owned(), Some(one), None),
                ("d".to_owned(), None, Some(one))
            ]
        );
    }

    #[test]
    fn blank_is_not_absent() {
        assert_eq!(shown(&[], &[("a", None)]), [("a".to_owned(), None, Some(None))]);
        assert_eq!(shown(&[("a", None)], &[]), [("a".to_owned(), Some(None), None)]);
    }

    #[test]
    fn names_that_occur_again() {
        let (one, two) = (Some(1.0), Some(2.0));
        assert!(shown(&[("a", one), ("a", two)], &[("a", one), ("a", two)]).is_empty());
        assert_eq!(
            shown(&[("a", one), ("a", one)], &[("a", one), ("a", two)]),
            [("a".to_owned(), Some(one), Some(two))]
        );
        assert_eq!(shown(&[("a", one), ("a", two)], &[("a", one)]), [("a".to_owned(), Some(two), None)]);
    }

    #[test]
    fn the_release_before() {
        let root = tempfile::tempdir().unwrap();
        let publish = |run: &str, previous: Option<&str>| {
            let folder = root.path().join("releases").join(run);
            fs::create_dir_all(&folder).unwrap();
            let manifest = serde_json::json!({
                "run": run, "previous": previous, "schema_version": "1", "nianbao_version": "0", "files": [],
            });
            fs::write(folder.join("_manifest.json"), manifest.to_string()).unwrap();
            let current = root.path().join("current");
            let _ = fs::remove_file(&current);
            std::os::unix::fs::symlink(Path::new("releases").join(run), &current).unwrap();
        };
        let before = |version: Option<&str>| {
            let (before, _) = release_before(root.path(), version).ok()?;
            Some(before.file_name()?.to_string_lossy().into_owned())
        };
        publish("2", Some("1"));
        assert_eq!(before(None), None);
        publish("3", Some("2"));
        publish("4", Some("2"));
        assert_eq!(before(None).as_deref(), Some("2"));
        publish("5", Some("gone"));
        assert_eq!(before(None).as_deref(), Some("4"));
        assert_eq!(before(Some("3")).as_deref(), Some("3"));
        assert_eq!((before(Some("../releases/3")), before(Some("..")), before(Some("6"))), (None, None, None));
    }
}
