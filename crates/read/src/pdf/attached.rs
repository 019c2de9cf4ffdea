//! Files attached to a PDF: to all of it, to a page, or as the source of what is shown.
//!
//! Owns finding them, wherever they are named. Refuses to read them: they are members.

use hayro_syntax::object::dict::keys::{EF, F, UF};
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier, Stream, String as Text};
use memchr::memmem;

use super::guard;
use crate::limits::Fault;
use crate::member::Members;

/// Attached files of a document.
const MOST: usize = 1_000;
/// Objects within objects that are looked through.
const DEEPEST: usize = 8;

/// What is attached.
#[derive(Default)]
pub(super) struct Attached<'a> {
    files: Vec<(ObjectIdentifier, String, Stream<'a>)>,
}

impl<'a> Attached<'a> {
    /// Looks through an object for files; those that stand in objects of their own come when these do.
    pub(super) fn note(&mut self, object: &Object<'a>) {
        self.look(object, 0);
    }

    fn look(&mut self, object: &Object<'a>, depth: usize) {
        if depth > DEEPEST || self.files.len() >= MOST {
            return;
        }
        match object {
            Object::Dict(dict) if memmem::find(dict.data(), b"/EF").is_some() => self.dict(dict, depth),
            Object::Array(array) => self.array(array, depth),
            _ => {}
        }
    }

    fn array(&mut self, array: &Array<'a>, depth: usize) {
        for value in array.raw_iter() {
            if let MaybeRef::NotRef(object @ (Object::Dict(_) | Object::Array(_))) = value {
                self.look(&object, depth + 1);
            }
        }
    }

    fn dict(&mut self, dict: &Dict<'a>, depth: usize) {
        if let Some(files) = dict.get::<Dict<'a>>(EF) {
            let stream = [UF, F, b"DOS", b"Mac", b"Unix"].into_iter().find_map(|key| files.get::<Stream<'a>>(key));
            if let Some(stream) = stream
                && self.files.iter().all(|(id, ..)| *id != stream.obj_id())
            {
                let name = dict.get::<Text<'a>>(UF).or_else(|| dict.get::<Text<'a>>(F));
                let name = name.map(|name| text(name.as_bytes())).unwrap_or_default();
                self.files.push((stream.obj_id(), name, stream));
            }
        }
        for (_, value) in dict.entries() {
            if let MaybeRef::NotRef(object @ (Object::Dict(_) | Object::Array(_))) = value {
                self.look(&object, depth + 1);
            }
        }
    }

    /// Gives them as members, in the order of the file.
    pub(super) fn give(self, members: &mut Members) {
        for (_, name, stream) in self.files {
            match guard::unpacked(&stream, members.left()) {
                Ok(bytes) => members.attached(&name, bytes),
                Err(fault @ Fault::Limit(_)) => members.fault(&name, fault),
                Err(_) => members.miss(),
            }
        }
    }
}

/// A text of a PDF: UTF-16 or UTF-8 with its mark, else what Chinese programs write.
fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, wide @ ..] => {
            let units = wide.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xEF, 0xBB, 0xBF, text @ ..] => String::from_utf8_lossy(text).into_owned(),
        text => match std::str::from_utf8(text) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::GB18030.decode_without_bom_handling(text).0.into_owned(),
        },
    }
}
