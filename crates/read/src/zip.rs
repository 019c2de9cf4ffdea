//! Plain zip archives: their members, unpacked within limits.
//!
//! Owns the order and the names of members. Refuses bombs: by the ratio of one member, by the bytes of all.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::limits::{Fault, Limits};
pub use super::member::Member;

/// Bytes of a member below which its ratio says nothing: a page of blanks packs well.
const SMALL: u64 = 1 << 20;
/// Members of an archive.
const MAX_MEMBERS: usize = 100_000;

/// Calls `each` for the members of an archive, in the order of their names, folders left out. `left` is what may still be
/// unpacked, in bytes; it shrinks with every member.
///
/// # Errors
/// When the archive cannot be listed.
pub fn members(
    bytes: &[u8],
    limits: &Limits,
    left: &mut u64,
    each: &mut dyn FnMut(Member, &mut u64),
) -> Result<(), Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| Fault::Damaged(e.to_string()))?;
    if archive.len() > MAX_MEMBERS {
        return Err(Fault::Limit(format!("{} members, {MAX_MEMBERS} are read", archive.len())));
    }
    let mut listed: Vec<(String, usize)> = Vec::new();
    for at in 0..archive.len() {
        let name = match archive.by_index_raw(at) {
            Ok(file) if file.is_dir() => continue,
            Ok(file) => name(file.name_raw()),
            Err(_) => format!("#{at}"),
        };
        listed.push((name, at));
    }
    listed.sort();
    // Two members of one name are told apart by their order.
    for at in 1..listed.len() {
        if listed[at].0 == listed[at - 1].0 {
            listed[at].0.push_str(&format!("#{at}"));
        }
    }
    for (name, at) in listed {
        let (size, bytes) = match archive.by_index(at) {
            Ok(mut file) => {
                let (size, packed) = (file.size(), file.compressed_size());
                (Some(size), unpacked(&mut file, size, packed, limits, left))
            }
            Err(zip::result::ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
                (None, Err(Fault::Encrypted("a member with a password".to_owned())))
            }
            Err(error) => (None, Err(Fault::Damaged(error.to_string()))),
        };
        each(Member { name, size, bytes }, left);
    }
    Ok(())
}

fn unpacked(
    file: &mut impl std::io::Read,
    size: u64,
    packed: u64,
    limits: &Limits,
    left: &mut u64,
) -> Result<Vec<u8>, Fault> {
    let bomb = |size: u64| size > SMALL && size / packed.max(1) > limits.ratio;
    let too_much = || Fault::Limit(format!("more than {} bytes unpacked", limits.unpacked));
    if bomb(size) {
        return Err(Fault::Limit(format!("unpacks to {size} bytes from {packed}")));
    }
    if size > *left {
        return Err(too_much());
    }
    let mut bytes = Vec::new();
    // The size that the archive states may be a lie.
    file.take(left.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| Fault::Damaged(e.to_string()))?;
    let read = bytes.len() as u64;
    if read > *left {
        *left = 0;
        return Err(too_much());
    }
    *left -= read;
    if bomb(read) {
        return Err(Fault::Limit(format!("unpacks to {read} bytes from {packed}")));
    }
    Ok(bytes)
}

/// A member's name: UTF-8 if it is that, whatever the flag says; GB18030 otherwise, as Windows in China writes it.
fn name(raw: &[u8]) -> String {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    text.replace('\\', "/").trim_start_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn listed(bytes: &[u8], limits: &Limits) -> Vec<(String, Result<usize, Fault>)> {
        let mut seen = Vec::new();
        let mut left = limits.unpacked;
        members(bytes, limits, &mut left, &mut |m, _| seen.push((m.name, m.bytes.map(|b| b.len())))).unwrap();
        seen
    }

    #[test]
    fn members_in_order() {
        let bytes = archive(&[("乙/b.txt", b"22"), ("甲/a.txt", b"1")]);
        assert_eq!(
            listed(&bytes, &Limits::default()),
            [("乙/b.txt".to_owned(), Ok(2)), ("甲/a.txt".to_owned(), Ok(1))]
        );
    }

    #[test]
    fn names_in_gbk() {
        assert_eq!(name(b"\xC4\xEA\xB1\xA8\\a.doc"), "年报/a.doc");
    }

    #[test]
    fn bombs_are_refused() {
        let blanks = vec![b' '; 4 << 20];
        let bytes = archive(&[("a", &blanks), ("b", b"1")]);
        let limits = Limits { ratio: 100, ..Limits::default() };
        let seen = listed(&bytes, &limits);
        assert!(matches!(seen[0].1, Err(Fault::Limit(_))));
        assert_eq!(seen[1].1, Ok(1));
        let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
        assert!(matches!(listed(&bytes, &limits)[0].1, Err(Fault::Limit(_))));
    }
}
