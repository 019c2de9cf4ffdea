//! Whether a page's content is all there: its streams unpacked once more, for their checksums and their size.
//!
//! Owns the verdict. Refuses to read content: the interpreter takes whatever a damaged stream still gives, and a figure
//! out of it may be another one than was printed. Content that is not packed carries no checksum and is believed.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::object::{Array, Object, Stream};
use hayro_syntax::page::Page;

use super::guard::of_base_85;
use crate::limits::Fault;

/// How whole a page's content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// Nothing is missing.
    Whole,
    /// It breaks off: what is there is right, what is not there may be lost.
    Cut,
    /// A checksum fails: nothing in it can be believed.
    Broken,
}

/// Looks at the streams of a page. `left` is what may still be unpacked, in bytes.
///
/// # Errors
/// [`Fault::Limit`] if the content is larger than that.
pub(super) fn state(page: &Page<'_>, left: &mut u64) -> Result<State, Fault> {
    let raw = page.raw();
    if let Some(stream) = raw.get::<Stream<'_>>(CONTENTS) {
        return of_stream(&stream, left);
    }
    let Some(parts) = raw.get::<Array<'_>>(CONTENTS) else {
        // A page may be blank; one whose content is not in the file is not.
        return Ok(if raw.contains_key(CONTENTS) { State::Cut } else { State::Whole });
    };
    let mut worst = State::Whole;
    let listed = parts.raw_iter().count();
    let mut found = 0;
    for part in parts.iter::<Object<'_>>() {
        if let Object::Stream(stream) = part {
            found += 1;
            worst = worst.max(of_stream(&stream, left)?);
        }
    }
    Ok(if found < listed { worst.max(State::Cut) } else { worst })
}

fn of_stream(stream: &Stream<'_>, left: &mut u64) -> Result<State, Fault> {
    let packed = match stream.filters().as_slice() {
        [Filter::FlateDecode] => stream.raw_data(),
        [Filter::Ascii85Decode, Filter::FlateDecode] => of_base_85(&stream.raw_data(), *left).into(),
        _ => return Ok(State::Whole),
    };
    let (end, size) = inflate(&packed, true, *left);
    if size > *left {
        return Err(Fault::Limit("the content of a page unpacks to too much".to_owned()));
    }
    *left -= size;
    Ok(match end {
        End::Proper => State::Whole,
        End::Error => State::Broken,
        // Some programs leave out the checksum.
        End::Missing => match inflate(packed.get(2..).unwrap_or_default(), false, *left + size).0 {
            End::Proper => State::Whole,
            End::Missing | End::Error => State::Cut,
        },
    })
}

/// How a packed stream ends.
enum End {
    Proper,
    Missing,
    Error,
}

/// Unpacks without keeping anything; gives up after `most` bytes.
fn inflate(packed: &[u8], header: bool, most: u64) -> (End, u64) {
    let mut inflater = Decompress::new(header);
    let mut scratch = [0_u8; 1 << 14];
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let rest = packed.get(usize::try_from(read).unwrap_or(usize::MAX)..).unwrap_or_default();
        let status = inflater.decompress(rest, &mut scratch, FlushDecompress::None);
        let size = inflater.total_out();
        match status {
            Ok(Status::StreamEnd) => return (End::Proper, size),
            Err(_) => return (End::Error, size),
            Ok(_) if size > most || (inflater.total_in(), size) == (read, written) => return (End::Missing, size),
            Ok(_) => {}
        }
    }
}
