//! Comparing two releases.
//!
//! Owns which reports and cells count as changed. A report is one and the same as long as its source path is. Refuses to
//! open files that both releases hold with the same bytes, except `reports` beside changed `cells`, and to hold the cells
//! of more than one partition of each release.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use super::difference::{CellName, Changed, ChangedCell, Difference, Listed, Shared, TableRows};
use super::read::{Cell, Names, Release};
use crate::error::{Context as _, Result};
use crate::partition::Partition;
use crate::release::current::{chosen, resolve};
use crate::release::manifest::Manifest;

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

    use super::super::difference::CellState;
    use super::*;

    fn shared(text: &str) -> Shared {
        Shared::new(text)
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
