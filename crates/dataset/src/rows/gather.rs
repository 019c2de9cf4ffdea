//! Rows in memory: what a few files become when there is no dataset to write.
//!
//! Owns the tables that one reading gives: those of the dataset without `coverage`, each with `year` and `province` as
//! columns, which a release tells by its folders. Refuses everything that takes other files: duplicates, primary reports
//! and doubts between reports are a release's.

use std::sync::Arc;

use arrow_array::builder::Int64Builder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field as ArrowField, Schema};

use super::{Files, Tables, file, file_finding, kept, report};
use crate::columns::{Columns, Filled};
use crate::error::{Context as _, Result};
use crate::partition::Partition;
use crate::read::file::Outcome;
use crate::schema::{TableSchema, tables};
use crate::store::facts::FileRecord;
use crate::store::record::Record;
use crate::store::spill::decode;
use nianbao_report::Knowledge;

/// Every table as it is gathered, made once.
#[derive(Debug)]
pub struct Shape {
    at: Tables,
    at_files: Files,
    files: Form,
    partitioned: Vec<Form>,
}

/// One table: its schema, and the same with `year` and `province` behind.
#[derive(Debug)]
struct Form {
    table: TableSchema,
    own: Arc<Schema>,
    whole: Arc<Schema>,
}

impl Form {
    fn new(table: &TableSchema) -> Self {
        let own = table.arrow();
        let mut fields: Vec<ArrowField> = own.fields().iter().map(|f| f.as_ref().clone()).collect();
        if table.partitioned {
            fields.extend(["year", "province"].map(|name| ArrowField::new(name, DataType::Int64, true)));
        }
        Self { table: table.clone(), own, whole: Arc::new(Schema::new(fields)) }
    }
}

impl Shape {
    /// The tables of these forms.
    ///
    /// # Errors
    /// When rows and `data/schema.toml` do not fit, which is a fault of this program.
    pub fn new(knowledge: &Knowledge) -> Result<Self> {
        let schemas = tables(&knowledge.forms)?;
        let files = schemas.iter().find(|s| !s.partitioned).context("the schema has no table of files")?;
        Ok(Self {
            at: Tables::find(&schemas)?,
            at_files: Files::of(files)?,
            files: Form::new(files),
            partitioned: schemas.iter().filter(|s| s.partitioned).map(Form::new).collect(),
        })
    }

    /// Names of the tables and their schemas, `files` first.
    pub fn schemas(&self) -> impl Iterator<Item = (&'static str, &Arc<Schema>)> {
        std::iter::once(&self.files).chain(&self.partitioned).filter(|f| !beside(f)).map(|f| (f.table.name, &f.whole))
    }
}

/// Tables that say what there is not: one file cannot know it.
fn beside(form: &Form) -> bool {
    form.table.name == "coverage"
}

/// A table that waits for its rows.
struct Open {
    columns: Columns,
    years: Int64Builder,
    provinces: Int64Builder,
}

impl Filled for Open {
    fn columns(&mut self) -> &mut Columns {
        &mut self.columns
    }
}

impl Open {
    fn new(form: &Form) -> Self {
        let columns = Columns::new(&form.table, &form.own);
        Self { columns, years: Int64Builder::new(), provinces: Int64Builder::new() }
    }

    /// Rows that came since the last call are of this partition.
    fn close_rows(&mut self, partition: Partition) {
        let new = self.columns.rows().saturating_sub(self.years.values_slice().len());
        for _ in 0..new {
            self.years.append_option(partition.year.map(i64::from));
            self.provinces.append_option(partition.province.map(i64::from));
        }
    }

    fn finish(&mut self, form: &Form) -> Result<RecordBatch> {
        let mut arrays = self.columns.finish()?.columns().to_vec();
        if form.table.partitioned {
            arrays.extend([&mut self.years, &mut self.provinces].map(|b| Arc::new(b.finish()) as ArrayRef));
        }
        RecordBatch::try_new(Arc::clone(&form.whole), arrays).context("columns of one table differ in length")
    }
}

/// Rows of files, as they are read.
///
/// ```
/// use nianbao_dataset::{Bounds, FileFacts, Gather, Shape, read_bytes};
/// use nianbao_report::{Knowledge, finding::Settings};
///
/// let knowledge = Knowledge::load(Settings::default()).unwrap();
/// let shape = Shape::new(&knowledge).unwrap();
/// let mut gather = Gather::new(&knowledge, &shape);
/// gather.add(&read_bytes(&knowledge, FileFacts::named("a.txt"), "通知".as_bytes(), &Bounds::default())).unwrap();
/// let tables = gather.finish().unwrap();
/// // Every file has a row of `files`, whatever became of it.
/// assert_eq!((tables[0].0, tables[0].1.num_rows()), ("files", 1));
/// assert!(tables[1..].iter().all(|(_, batch)| batch.num_rows() == 0));
/// ```
pub struct Gather<'k> {
    knowledge: &'k Knowledge,
    shape: &'k Shape,
    files: Open,
    partitioned: Vec<Open>,
}

impl<'k> Gather<'k> {
    /// Nothing as yet.
    #[must_use]
    pub fn new(knowledge: &'k Knowledge, shape: &'k Shape) -> Self {
        let partitioned = shape.partitioned.iter().map(Open::new).collect();
        Self { knowledge, shape, files: Open::new(&shape.files), partitioned }
    }

    /// Adds what one reading gave, as [`read_bytes`](crate::read_bytes) gives it: a file and whatever lay in it.
    ///
    /// # Errors
    /// When a record is damaged.
    pub fn add(&mut self, outcomes: &[Outcome]) -> Result<()> {
        // Behind a file stand its further reports, which are no files of their own.
        for of_file in outcomes.chunk_by(|_, next| next.facts.part.is_some()) {
            let reports = of_file.iter().filter(|o| o.report.is_some()).count();
            for outcome in of_file {
                let record = FileRecord {
                    facts: outcome.facts.clone(),
                    is_report: outcome.report.is_some(),
                    duplicate_of: None,
                };
                if record.facts.part.is_none() {
                    let status = (record.facts.status.code(), u32::try_from(reports)?);
                    file(&self.shape.at_files, &mut self.files.columns, &record, status, None);
                }
                self.finding(&record);
                self.report(outcome)?;
            }
        }
        Ok(())
    }

    /// The row of a file that could not be read.
    fn finding(&mut self, record: &FileRecord) {
        let settings = &self.knowledge.settings;
        let Some(finding) = record.finding().filter(|f| kept(settings, f.rule)) else { return };
        if let Some(out) = self.partitioned.iter_mut().find(|t| t.columns.table() == "findings") {
            file_finding(settings, &self.shape.at, &mut out.columns, &finding, &record.facts.source_path);
            out.close_rows(Partition::NOWHERE);
        }
    }

    fn report(&mut self, outcome: &Outcome) -> Result<()> {
        let Some(found) = &outcome.report else { return Ok(()) };
        let mut record: Record<'_> = decode(&found.record)?;
        record.findings.retain(|f| kept(&self.knowledge.settings, f.rule));
        report(self.knowledge, &self.shape.at, &mut self.partitioned, &record, true)?;
        self.partitioned.iter_mut().for_each(|t| t.close_rows(found.index.partition));
        Ok(())
    }

    /// Rows so far, in the order of [`Shape::schemas`].
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        let forms = std::iter::once(&self.shape.files).chain(&self.shape.partitioned);
        let tables = std::iter::once(&self.files).chain(&self.partitioned);
        forms.zip(tables).filter(|(form, _)| !beside(form)).map(|(_, t)| t.columns.rows())
    }

    /// All tables, in the order of [`Shape::schemas`].
    ///
    /// # Errors
    /// When rows and schema do not fit, which is a fault of this program.
    pub fn finish(mut self) -> Result<Vec<(&'static str, RecordBatch)>> {
        let forms = std::iter::once(&self.shape.files).chain(&self.shape.partitioned);
        let tables = std::iter::once(&mut self.files).chain(&mut self.partitioned);
        let told = forms.zip(tables).filter(|(form, _)| !beside(form));
        told.map(|(form, table)| Ok((form.table.name, table.finish(form)?))).collect()
    }
}
