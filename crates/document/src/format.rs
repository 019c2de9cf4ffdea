//! What kinds of file there are, by content.
//!
//! Owns the codes of `files.format`. Refuses to recognise anything: that is the business of `read`.

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown.
    #[default]
    Text,
    /// HTML, whatever produced it.
    Html,
    /// PDF.
    Pdf,
    /// Word 2007 and later.
    Docx,
    /// Word 97-2003, and WPS Writer.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// `OpenDocument` text.
    Odt,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// Excel 2007 and later.
    Xlsx,
    /// Excel 97-2003, and WPS Spreadsheets.
    Xls,
    /// Word 2003 as one XML file.
    WordXml,
    /// A workbook as one XML file, as Excel 2003 wrote it.
    SheetXml,
    /// A sheet as text with commas, semicolons or tabs.
    Csv,
    /// Excel 2007 and later, binary.
    Xlsb,
    /// A page saved with its parts.
    Mhtml,
    /// A message, or a mailbox.
    Mail,
    /// GB/T 33190.
    Ofd,
    /// A plain archive: its members are files of their own, see `nianbao_read::zip`.
    Zip,
    /// A picture.
    Image,
    /// A format that is recognised but not read.
    Other(&'static str),
}

impl Format {
    /// Its code in the dataset.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Rtf => "rtf",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::WordXml => "word-xml",
            Self::SheetXml => "sheet-xml",
            Self::Csv => "csv",
            Self::Xlsb => "xlsb",
            Self::Mhtml => "mhtml",
            Self::Mail => "mail",
            Self::Ofd => "ofd",
            Self::Zip => "zip",
            Self::Image => "image",
            Self::Other(code) => code,
        }
    }
}
