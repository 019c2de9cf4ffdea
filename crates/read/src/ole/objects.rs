//! Objects in compound files: what somebody put into a document, and what is attached to a message of Outlook.
//!
//! Owns where they lie. Refuses to read them: they are files of their own.

use super::container::{Container, Sort};
use crate::bytes::{part, place_at, u16_at};
use crate::member::Members;

/// Objects of one file.
const MOST: usize = 1_000;

/// Whether the root is an object rather than a document.
pub(super) fn is_object(file: &Container<'_>) -> bool {
    ["Package", "\u{1}Ole10Native", "CONTENTS"].into_iter().any(|name| file.has(name))
}

/// Gives the objects of a document: in its pool, in the storages of a workbook, or the one that the file itself is.
pub(crate) fn objects(file: &Container<'_>, members: &mut Members) {
    let pool = file.storage("ObjectPool");
    let storages = file.children(0).filter(|at| file.name(*at).starts_with("MBD"));
    let pooled = pool.into_iter().flat_map(|pool| file.children(pool));
    let own = is_object(file).then_some(0);
    for at in own.into_iter().chain(storages).chain(pooled).filter(|at| file.sort(*at) == Sort::Storage).take(MOST) {
        object(file, at, members);
    }
}

/// The file that a storage holds: as it was, or what is left of a workbook or document of which the storage is the root.
fn object(file: &Container<'_>, at: usize, members: &mut Members) {
    let name = if at == 0 { "object" } else { file.name(at) };
    let stream = |name: &str| file.stream_in(at, name).filter(|stream| !stream.cut).map(|stream| stream.bytes);
    if let Some(bytes) = ["Package", "CONTENTS"].into_iter().find_map(stream) {
        members.document(name, bytes);
    } else if let Some((own, bytes)) = stream("\u{1}Ole10Native").and_then(|bytes| native(&bytes)) {
        members.document(own.as_deref().unwrap_or(name), bytes);
    } else if at > 0 && ["Workbook", "Book", "WordDocument"].into_iter().any(|name| stream(name).is_some()) {
        members.document(name, rebuilt(file, at));
    }
}

/// A file in its wrapping: its name, paths, then its bytes behind their count.
fn native(bytes: &[u8]) -> Option<(Option<String>, Vec<u8>)> {
    let text = |at: usize| {
        let rest = bytes.get(at..)?;
        let end = memchr::memchr(0, rest)?;
        Some((rest.get(..end)?, at + end + 1))
    };
    let (name, at) = text(6)?;
    let (_, at) = text(at)?;
    let length = place_at(bytes, at + 4)?;
    let at = at + 8 + length;
    let size = place_at(bytes, at)?;
    let name = encoding_rs::GB18030.decode_without_bom_handling(name).0.into_owned();
    let file = part(bytes, at + 4, size)?.to_vec();
    Some((Some(name).filter(|name| !name.is_empty()), file))
}

/// A compound file whose root is that storage.
fn rebuilt(file: &Container<'_>, storage: usize) -> Vec<u8> {
    let streams: Vec<(&str, Vec<u8>)> =
        file.children(storage).filter_map(|at| Some((file.name(at), file.stream_of(at)?.bytes))).collect();
    super::written::written(&streams)
}

/// A text property of a message: in UTF-16, or in what Windows in China writes.
fn property(file: &Container<'_>, storage: usize, number: &str) -> Option<String> {
    let stream = |kind: &str| file.stream_in(storage, &format!("__substg1.0_{number}{kind}"));
    if let Some(wide) = stream("001F") {
        let units = (0..wide.bytes.len() / 2).filter_map(|at| u16_at(&wide.bytes, at * 2));
        return Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect());
    }
    Some(crate::encoding::decode(&stream("001E")?.bytes).text)
}

/// A message of Outlook: gives what is attached to it, and returns its text and whether that is markup.
pub(crate) fn message(file: &Container<'_>, members: &mut Members) -> Vec<u8> {
    let attached = file.children(0).filter(|at| file.name(*at).starts_with("__attach_version1.0_"));
    for at in attached.filter(|at| file.sort(*at) == Sort::Storage).take(MOST) {
        let name = property(file, at, "3707").or_else(|| property(file, at, "3704")).unwrap_or_default();
        match file.stream_in(at, "__substg1.0_37010102") {
            Some(stream) => members.attached(&name, stream.bytes),
            // A message within the message has no bytes of its own.
            None => members.miss(),
        }
    }
    if let Some(html) = file.stream("__substg1.0_10130102").filter(|html| !html.bytes.is_empty()) {
        return html.bytes;
    }
    let subject = property(file, 0, "0037").unwrap_or_default();
    let text = property(file, 0, "1013").or_else(|| property(file, 0, "1000")).unwrap_or_default();
    format!("{subject}\n{text}").into_bytes()
}
