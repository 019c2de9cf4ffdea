//! Documents that are XML, packed or in one file, and the workbooks beside them: DOCX, ODT, ODS, XLSX, XLSB, XLS, CSV.
//!
//! Owns what these readers share: opening packages, walking XML within bounds, paragraphs and tables in document order.
//! Refuses to know the official forms, presentations, drawings, and anything that only a layout engine could tell.

mod body;
pub mod crypt;
pub mod csv;
pub mod docx;
mod format;
mod formula;
mod numbering;
pub mod odf;
pub mod package;
mod sheet;
mod sheet_xml;
pub mod single;
mod styles;
mod symbol;
pub mod xls;
pub mod xlsb;
pub mod xlsx;
pub(super) mod xml;

#[cfg(test)]
mod tests;
