//! Rows and schema say the same: tables and columns by name, codes as the enums have them.

use std::path::PathBuf;

use arrow_array::{ArrayRef, RecordBatch};

use super::figures::Comparability;
use super::*;
use crate::disk::Disk;
use crate::parquet::ParquetFile;
use crate::read::bounds::Bounds;
use crate::read::file::read_bytes;
use crate::read::fingerprint::Fingerprint;
use crate::schema::{TableSchema, tables};
use crate::store::facts::FileFacts;
use crate::store::spill::decode;
use crate::template::Template;
use crate::write::coverage::Coverage;
use nianbao_document::Format;
use nianbao_report::extract::{Matched, YearEvidence};
use nianbao_report::finding::{Settings, Severity};
use nianbao_report::region::{Evidence, Kind as Clue};

fn knowledge() -> Knowledge {
    Knowledge::load(Settings::default()).unwrap()
}

fn files_of(schemas: &[TableSchema]) -> Vec<ParquetFile> {
    let partitioned = schemas.iter().filter(|s| s.partitioned);
    partitioned.map(|s| ParquetFile::new(&Disk::default(), &Template::new(s, &[]).unwrap(), PathBuf::new())).collect()
}

/// The sample archive as rows; the last batch is that of `files`.
fn written(knowledge: &Knowledge, schemas: &[TableSchema]) -> Result<Vec<(&'static str, RecordBatch)>> {
    let fingerprint = Fingerprint { read: 1, examined: 2, written: 3 };
    let at = Tables::find(schemas)?;
    let mut files = files_of(schemas);
    let of_files = schemas.iter().find(|s| s.name == "files").unwrap();
    let (at_files, mut rows) = (Files::of(of_files)?, Columns::new(of_files, &of_files.arrow()));
    for sample in nianbao_testing::sample::files() {
        let own = FileFacts { source_path: sample.path.clone(), ..FileFacts::default() };
        for outcome in read_bytes(knowledge, own, &sample.bytes, &Bounds::default()) {
            let (own, found) = outcome.into_record(&fingerprint, None, "");
            file(&at_files, &mut rows, &own, ("report", 1), None);
            let Some(found) = &found else { continue };
            let record: Record<'_> = decode(&found.record)?;
            report(knowledge, &at, &mut files, &record, true)?;
            let columns = at.coverage.of(&mut files)?;
            coverage(knowledge, &at, Some(2023), columns, (Coverage::Stopped, None), Some(&record));
        }
    }
    let mut batches = Vec::new();
    for file in &mut files {
        batches.push((file.table(), file.columns.finish()?));
    }
    batches.push(("files", rows.finish()?));
    Ok(batches)
}

#[test]
fn rows_fill_what_the_schema_has() {
    let schemas = tables(&knowledge().forms).unwrap();
    let fit = |schemas: &[TableSchema]| {
        Tables::find(schemas).and_then(|_| Files::of(schemas.iter().find(|s| s.name == "files").unwrap()))
    };
    fit(&schemas).unwrap();
    for table in 0..schemas.len() {
        for column in 0..schemas[table].columns.len() {
            let mut other = schemas.clone();
            let lost = other[table].columns.remove(column);
            // What is on the forms comes and goes with them.
            assert_eq!(fit(&other).is_ok(), !lost.editions.is_empty(), "{}.{}", schemas[table].name, lost.name);
            let mut other = schemas.clone();
            other[table].columns[column].name.push('2');
            assert_eq!(fit(&other).is_ok(), !lost.editions.is_empty(), "{}.{}", schemas[table].name, lost.name);
        }
        let mut other = schemas.clone();
        other[table].columns.push(crate::schema::Column { name: "new".to_owned(), ..schemas[0].columns[0].clone() });
        assert!(fit(&other).is_err(), "{}", schemas[table].name);
    }
    let mut other = schemas.clone();
    other.push(TableSchema { name: "new", ..schemas[1].clone() });
    assert!(fit(&other).is_err());
    other.retain(|s| s.name != "new" && s.name != "series");
    assert!(fit(&other).is_err());
}

#[test]
fn a_column_that_moves_takes_its_values_along() {
    let knowledge = knowledge();
    let schemas = tables(&knowledge.forms).unwrap();
    let mut turned = schemas.clone();
    turned.iter_mut().for_each(|t| t.columns.reverse());
    turned.reverse();
    let mut other = written(&knowledge, &turned).unwrap();
    for (table, batch) in written(&knowledge, &schemas).unwrap() {
        assert!(batch.num_rows() > 0, "{table}");
        let (_, moved) = other.iter_mut().find(|(name, _)| *name == table).unwrap();
        for field in batch.schema().fields() {
            let of = |b: &RecordBatch| -> ArrayRef { b.column_by_name(field.name()).unwrap().clone() };
            assert_eq!(&of(&batch), &of(moved), "{table}.{}", field.name());
        }
    }
}

#[test]
fn a_code_that_the_schema_does_not_list_is_refused() {
    let knowledge = knowledge();
    let schemas = tables(&knowledge.forms).unwrap();
    let at = Tables::find(&schemas).unwrap();
    let mut files = files_of(&schemas);
    let sample = nianbao_testing::sample::files().swap_remove(0);
    let own = FileFacts { source_path: sample.path, ..FileFacts::default() };
    let outcomes = read_bytes(&knowledge, own, &sample.bytes, &Bounds::default());
    let mut record: Record<'_> = decode(&outcomes[0].report.as_ref().unwrap().record).unwrap();
    record.quality = "splendid";
    report(&knowledge, &at, &mut files, &record, true).unwrap();
    let refused = format!("{:#}", at.reports.of(&mut files).unwrap().finish().unwrap_err());
    assert_eq!(refused, "reports.quality: data/schema.toml does not list the code \"splendid\"");
    at.cells.of(&mut files).unwrap().finish().unwrap();
}

/// The codes of every variant; a variant that is left out does not compile.
macro_rules! all {
    ($name:ident: $($variant:ident),*) => {{
        let _ = |value: $name| match value { $($name::$variant => (),)* };
        vec![$($name::$variant.code(),)*]
    }};
}

fn codes(schemas: &[TableSchema], table: &str, column: &str) -> Vec<&'static str> {
    let columns = &schemas.iter().find(|s| s.name == table).unwrap().columns;
    columns.iter().find(|c| c.name == column).unwrap().codes.list.iter().map(|c| c.code.as_str()).collect()
}

#[test]
fn codes_are_those_of_the_enums() {
    let schemas = tables(&knowledge().forms).unwrap();
    let of = |table: &str, column: &str| codes(&schemas, table, column);
    assert_eq!(of("cells", "matched"), all!(Matched: Exact, Variant, Fuzzy, Position, Ocr));
    assert_eq!(of("findings", "severity"), all!(Severity: Error, Warning, Info));
    assert_eq!(
        of("reports", "year_evidence"),
        all!(YearEvidence: Period, Title, Path, Opening, Publication, Narrative)
    );
    assert_eq!(of("series", "comparability"), all!(Comparability: Exact, Approximate));
    assert_eq!(of("coverage", "status"), all!(Coverage: Found, Missing, Stopped));
    assert_eq!(of("coverage", "subject"), [Coverage::Found.subject(), Coverage::Stopped.subject()]);
    let plain = {
        use Format::{
            Csv, Doc, Docx, Html, Image, Mail, Mhtml, Ods, Odt, Ofd, Other, Pdf, Rtf, SheetXml, Text, WordXml, Xls,
            Xlsb, Xlsx, Zip,
        };
        let _ = |format: Format| match format {
            Text | Html | Pdf | Docx | Doc | Rtf | Odt | Ods | Xlsx | Xlsb | Xls | WordXml | SheetXml | Csv | Mhtml
            | Mail | Ofd | Zip | Image | Other(_) => (),
        };
        [
            Text, Html, Pdf, Docx, Doc, Rtf, Odt, Ods, Xlsx, Xls, WordXml, SheetXml, Csv, Xlsb, Mhtml, Mail, Ofd, Zip,
            Image,
        ]
    };
    let formats: Vec<&str> =
        plain.iter().map(|f| f.code()).chain(["office", "encrypted", "ole", "binary", "archive"]).collect();
    assert_eq!(of("files", "format"), formats);
    assert_eq!(of("reports", "format"), formats);
}

#[test]
fn places_are_told_by_one_clue_or_two() {
    let schemas = tables(&knowledge().forms).unwrap();
    let clues = {
        use Clue::{AreaCode, Folder, Host, National, PostalCode, ShortName, Text, Title};
        let _ = |clue: Clue| match clue {
            Title | ShortName | Text | Folder | AreaCode | PostalCode | Host | National => (),
        };
        [Title, ShortName, Text, Folder, AreaCode, PostalCode, Host, National]
    };
    let alone: Vec<&str> = clues.iter().map(|first| Evidence { first: *first, second: None }.code()).collect();
    assert_eq!(codes(&schemas, "reports", "region_evidence"), alone);
    let columns = &schemas.iter().find(|s| s.name == "reports").unwrap().columns;
    let listed = columns.iter().find(|c| c.name == "region_evidence").unwrap().codes;
    for first in clues {
        for second in clues {
            listed.check(std::iter::once(Evidence { first, second: Some(second) }.code())).unwrap();
        }
    }
    for value in ["title+", "title+rumour", "title,text", ""] {
        assert!(listed.check(std::iter::once(value)).is_err(), "{value}");
    }
}
