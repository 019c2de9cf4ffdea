//! Pages as a crawler stored them: packed by the server (gzip, zlib), with its headers before them.
//!
//! Owns undoing that, within limits. Refuses to know what was packed, and archives with several files.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::limits::{Fault, Limits};

/// Bytes that anything may unpack to whatever its ratio.
const ALWAYS: u64 = 1 << 20;
/// Bytes of headers.
const MAX_HEAD: usize = 64 * 1024;

/// What was packed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    /// It breaks off.
    pub(super) cut: bool,
}

/// Undoes one layer; `None` if there is none.
pub(super) fn unpack(bytes: &[u8], limits: &Limits) -> Option<Result<Unpacked, Fault>> {
    match bytes {
        [0x1F, 0x8B, 8, ..] => Some(read(MultiGzDecoder::new(bytes), bytes.len(), limits)),
        // The headers of zlib, by window and level; nothing but what ends with its checksum is believed.
        [0x78, 0x01 | 0x5E | 0x9C | 0xDA, ..] => match read(ZlibDecoder::new(bytes), bytes.len(), limits) {
            Ok(unpacked) if !unpacked.cut => Some(Ok(unpacked)),
            Err(Fault::Limit(why)) => Some(Err(Fault::Limit(why))),
            _ => None,
        },
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', ..] => body(bytes).map(|bytes| Ok(Unpacked { bytes, cut: false })),
        _ => None,
    }
}

fn read(mut from: impl Read, packed: usize, limits: &Limits) -> Result<Unpacked, Fault> {
    let most = limits.unpacked.min((packed as u64).saturating_mul(limits.ratio).max(ALWAYS));
    let mut bytes = Vec::new();
    let mut chunk = vec![0_u8; 64 * 1024];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return Ok(Unpacked { bytes, cut: false }),
            Ok(read) => bytes.extend_from_slice(chunk.get(..read).unwrap_or_default()),
            Err(error) if bytes.is_empty() => return Err(Fault::Damaged(format!("gzip: {error}"))),
            // What stands behind a whole member is padding; what broke off is kept as far as it goes.
            Err(error) => return Ok(Unpacked { bytes, cut: error.kind() != std::io::ErrorKind::InvalidInput }),
        }
        if bytes.len() as u64 > most {
            return Err(Fault::Limit(format!("unpacks to more than {most} bytes from {packed}")));
        }
    }
}

/// The body of an answer of a server; `None` if the headers are none.
fn body(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = bytes.get(..bytes.len().min(MAX_HEAD))?;
    let (end, length) = [&b"\r\n\r\n"[..], b"\n\n"]
        .into_iter()
        .filter_map(|gap| Some((memchr::memmem::find(head, gap)?, gap.len())))
        .min()?;
    let (head, body) = (bytes.get(..end)?, bytes.get(end + length..)?);
    let mut chunked = false;
    for line in head.split(|b| *b == b'\n').skip(1).map(<[u8]>::trim_ascii) {
        let colon = line.iter().position(|b| *b == b':')?;
        let (name, value) = line.split_at(colon);
        chunked |= name.eq_ignore_ascii_case(b"transfer-encoding") && value.to_ascii_lowercase().ends_with(b"chunked");
    }
    Some(chunked.then(|| joined(body)).flatten().unwrap_or_else(|| body.to_vec()))
}

/// Joins chunks, each behind its length; `None` if there are none: many crawlers join them and keep the header.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(rest.len());
    loop {
        let end = memchr::memchr(b'\n', rest.get(..rest.len().min(64))?)?;
        let line = rest.get(..end)?.split(|b| *b == b';').next()?.trim_ascii();
        let length = usize::from_str_radix(std::str::from_utf8(line).ok()?, 16).ok()?;
        rest = rest.get(end + 1..)?;
        if length == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..length.min(rest.len()))?);
        if length >= rest.len() {
            return Some(out);
        }
        rest = rest.get(length..)?;
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};

    use super::*;
    use nianbao_document::Format;

    const PAGE: &str = "<table><tr><td>规章</td><td>12</td></tr></table><p>2023年政府信息公开工作年度报告</p>";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = GzEncoder::new(Vec::new(), Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn text(bytes: &[u8]) -> (String, bool, Format) {
        let document = crate::read(bytes, &Limits::default()).unwrap();
        (document.arena().to_owned(), document.truncated, document.format)
    }

    #[test]
    fn packed_pages_are_read_as_what_they_are() {
        let plain = text(PAGE.as_bytes());
        assert_eq!(text(&gzip(PAGE.as_bytes())), plain);
        assert_eq!(text(&gzip(&gzip(PAGE.as_bytes()))), plain, "twice");
        assert_eq!(text(&[gzip(PAGE.as_bytes()), vec![0; 20]].concat()), plain, "padded");
        assert_eq!(text(&gzip(&encoding_rs::GB18030.encode(PAGE).0)), plain);
        let (first, second) = PAGE.as_bytes().split_at(40);
        assert_eq!(text(&[gzip(first), gzip(second)].concat()), plain, "members");
        let mut writer = ZlibEncoder::new(Vec::new(), Compression::default());
        writer.write_all(PAGE.as_bytes()).unwrap();
        assert_eq!(text(&writer.finish().unwrap()), plain);
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
        assert_eq!(text(&[head.as_slice(), &gzip(PAGE.as_bytes())].concat()), plain);
        let chunked = format!("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
        assert_eq!(text(chunked.as_bytes()), plain);
    }

    #[test]
    fn what_breaks_off_is_kept_so_far() {
        let whole = gzip(PAGE.repeat(50).as_bytes());
        let (arena, cut, _) = text(&whole[..whole.len() - 12]);
        assert!(cut && arena.contains("规章"));
        let refusal = crate::read(&whole[..10], &Limits::default()).unwrap_err();
        assert!(matches!(refusal.fault, Fault::Damaged(_)), "{:?}", refusal.fault);
    }

    #[test]
    fn bombs_are_refused() {
        let bomb = gzip(&vec![b' '; 8 << 20]);
        let limits = Limits { ratio: 100, ..Limits::default() };
        assert!(matches!(crate::read(&bomb, &limits).unwrap_err().fault, Fault::Limit(_)));
        let nested = (0..20).fold(PAGE.as_bytes().to_vec(), |bytes, _| gzip(&bytes));
        assert!(matches!(crate::read(&nested, &Limits::default()).unwrap_err().fault, Fault::Limit(_)));
    }

    #[test]
    fn what_only_looks_packed_is_text() {
        assert_eq!(text(&[b"x\x01", "规章\t3\n".repeat(20).as_bytes()].concat()).2, Format::Text);
        assert_eq!(text("HTTP/1.1 是一个协议。\n规章\t3\n".as_bytes()).2, Format::Text);
    }
}
