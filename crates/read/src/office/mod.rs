//! Documents that are zip packages of XML, and the workbooks that preceded them: DOCX, ODT, ODS, XLSX, XLSB, XLS.
//!
//! Owns what these readers share: opening packages, walking XML within bounds, paragraphs and tables in document order.
//! Refuses to know the official forms, presentations, drawings, and anything that only a layout engine could tell.

mod body;
pub mod crypt;
pub mod docx;
mod format;
mod formula;
mod numbering;
pub mod odf;
pub mod package;
mod sheet;
mod styles;
mod symbol;
pub mod xls;
pub mod xlsb;
pub mod xlsx;
pub(super) mod xml;

#[cfg(test)]
mod tests;
