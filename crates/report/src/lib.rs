//! A document becomes an examined report: whose it is, when and where, what its tables state, and whether that holds.
//!
//! Owns the official forms, the words and places of the field, extraction and checks on reports. Refuses bytes and formats
//! (a [`nianbao_document::Document`] is all it sees), and what becomes of a report in files.
//!
//! The way in is [`examine`], with a [`Knowledge`] that is loaded once and shared by all threads. What it returns speaks
//! in indices into the forms: [`form::CellKey`] names a cell of one edition, [`form::Edition`] its printed labels.
//!
//! ```
//! use nianbao_document::Document;
//! use nianbao_report::finding::Settings;
//! use nianbao_report::{Knowledge, examine};
//!
//! let knowledge = Knowledge::load(Settings::default())?;
//! let mut document = Document::default();
//! for (number, line) in (1..).zip([
//!     "中宁县文化旅游广电局2023年政府信息公开工作年度报告",
//!     "二、主动公开政府信息情况",
//!     "第二十条第（一）项",
//!     "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
//!     "规章\t0\t0\t0",
//!     "行政规范性文件\t2\t1\t17",
//! ]) {
//!     document.push_line(line, number, false);
//! }
//! let examined = examine(&knowledge, &document, "宁夏/中卫/年报.txt").ok_or("no report")?;
//! assert_eq!(examined.report.identity.year, Some(2023));
//! assert_eq!(examined.place.county_code.as_deref(), Some("640521"));
//!
//! let cells = &examined.report.tables.cells;
//! let cell = cells.iter().find(|c| c.value == Some(17.0)).ok_or("no cell")?;
//! let table = &knowledge.forms.editions[cell.edition].tables[cell.key.table];
//! assert_eq!(table.rows[cell.key.row].code, "normative_documents");
//! assert_eq!(table.columns[cell.key.column].label, "现行有效件数");
//! assert_eq!(cell.line, 6);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod agency;
pub mod check;
mod error;
mod examine;
pub mod extract;
pub mod finding;
pub mod form;
pub mod region;
mod words;

pub use error::LoadError;
pub use examine::{Examined, Knowledge, examine, examine_all};

/// Hash of this crate's sources, of the data they embed and of `Cargo.lock`, in hex: what a night knows a build by.
pub const SOURCES: &str = env!("NIANBAO_SOURCES");
