//! Code pages of RTF: bytes become characters by the font that they are set in.
//!
//! Owns the choice between a font's character set and the document's code page. Refuses to guess beyond these two.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// What a font says about its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Charset {
    /// Nothing (`\fcharset1`), or Western (`\fcharset0`), which Chinese writers set for Chinese text all the same.
    #[default]
    Plain,
    /// A code page.
    Known(&'static Encoding),
}

impl Charset {
    /// By the number of `\fcharset`.
    pub(super) fn of(number: i32) -> Self {
        let page = match number {
            77 => 10_000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => return Self::Plain,
        };
        Self::Known(page_of(page))
    }
}

/// The encoding of a Windows code page; Western if it is not known.
pub(crate) fn page_of(number: i32) -> &'static Encoding {
    match number {
        936 | 20_936 | 52_936 | 54_936 | 10_008 => GB18030,
        950 | 951 | 10_002 => BIG5,
        932 | 10_001 => SHIFT_JIS,
        949 | 10_003 => EUC_KR,
        866 => IBM866,
        874 => WINDOWS_874,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10_000 => MACINTOSH,
        65_001 => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// Bytes above ASCII that wait for the rest of their character.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    bytes: Vec<u8>,
    /// The last byte begins a character of two bytes.
    lead: bool,
}

impl Waiting {
    /// Adds a byte that is not plain text.
    pub(super) fn push(&mut self, byte: u8) {
        self.lead = !self.lead && byte >= 0x81;
        self.bytes.push(byte);
    }

    /// Whether an ASCII byte is the second of a character. Some writers write it as the character that it looks like;
    /// that is believed only where the font says that its characters have two bytes.
    pub(super) fn wants(&self, byte: u8, escaped: bool, charset: Charset) -> bool {
        let double = matches!(charset, Charset::Known(e) if !e.is_single_byte() && e != UTF_8);
        self.lead && if escaped { byte >= 0x30 } else { double && (0x40..0x7F).contains(&byte) }
    }

    /// Decodes what waits and appends it. `page` is that of the document.
    pub(super) fn flush(&mut self, charset: Charset, page: &'static Encoding, text: &mut String) {
        if self.bytes.is_empty() {
            return;
        }
        let decoded = match charset {
            Charset::Known(encoding) => encoding.decode_without_bom_handling(&self.bytes).0,
            Charset::Plain => page
                .decode_without_bom_handling_and_without_replacement(&self.bytes)
                .unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(&self.bytes).0),
        };
        text.extend(decoded.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }));
        self.bytes.clear();
        self.lead = false;
    }

    /// Forgets what waits.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.lead = false;
    }
}
