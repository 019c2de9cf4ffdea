//! What the interpreter follows by recursion, or sets aside in one piece, however long it is: it knows no limit, and an
//! exhausted stack or memory ends not a file but the program.
//!
//! Owns chains of colour spaces and functions, programs and samples of functions, and long strings. Refuses to look at
//! what the interpreter bounds itself: forms, masks and patterns within each other, and the syntax of objects.

use std::collections::HashMap;

use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys::{ALTERNATE, FUNCTION_TYPE, FUNCTIONS, RANGE, SIZE};
use hayro_syntax::object::{Array, Dict, MaybeRef, ObjRef, Object, Stream};
use hayro_syntax::page::Page;

use crate::limits::Fault;

/// Colour spaces and functions within each other; some four are usual.
const DEEPEST: usize = 32;
/// Braces within braces in the program of a function.
const DEEPEST_BRACES: usize = 64;
/// Samples of a function. The interpreter keeps four bytes of each.
const MOST_SAMPLES: u64 = 4_000_000;
/// Bytes of a string that is shown. The interpreter keeps some ninety bytes of each.
const LONGEST_STRING: usize = 1 << 20;

/// Colour spaces that hold others, by the name that they begin with.
const HOLDERS: [&[u8]; 6] = [b"Indexed", b"I", b"Separation", b"DeviceN", b"Pattern", b"ICCBased"];

/// The chains of a file.
pub(super) struct Chains<'a> {
    pdf: &'a Pdf,
    /// How much is below what was looked at already.
    heights: HashMap<ObjRef, usize>,
}

impl<'a> Chains<'a> {
    pub(super) fn of(pdf: &'a Pdf) -> Self {
        Self { pdf, heights: HashMap::new() }
    }

    /// Looks at an object of the file, if it may begin a chain.
    ///
    /// # Errors
    /// [`Fault::Damaged`] if the chain is too long.
    pub(super) fn check(&mut self, object: &Object<'a>) -> Result<(), Fault> {
        let begins = match object {
            Object::Array(array) => {
                matches!(array.iter::<Object<'_>>().next(), Some(Object::Name(name)) if HOLDERS.contains(&&*name))
            }
            Object::Dict(dict) => dict.contains_key(FUNCTIONS),
            Object::Stream(stream) => stream.dict().contains_key(ALTERNATE),
            _ => false,
        };
        if begins {
            self.height(object, 0)?;
        }
        Ok(())
    }

    /// How many are below this one, which has so many above it.
    fn height(&mut self, object: &Object<'a>, above: usize) -> Result<usize, Fault> {
        if above > DEEPEST {
            return Err(endless());
        }
        let mut height = 0;
        let mut look = |item: MaybeRef<Object<'a>>| -> Result<(), Fault> {
            let below = match item {
                MaybeRef::NotRef(Object::Array(_) | Object::Dict(_)) | MaybeRef::Ref(_) => {
                    self.item(item, above + 1)?
                }
                MaybeRef::NotRef(_) => 0,
            };
            height = height.max(below + 1);
            Ok(())
        };
        match object {
            Object::Array(array) => array.raw_iter().try_for_each(&mut look)?,
            Object::Dict(dict) => held(dict).try_for_each(&mut look)?,
            Object::Stream(stream) => held(stream.dict()).try_for_each(&mut look)?,
            _ => {}
        }
        Ok(height)
    }

    fn item(&mut self, item: MaybeRef<Object<'a>>, above: usize) -> Result<usize, Fault> {
        let reference = match item {
            MaybeRef::NotRef(object) => return self.height(&object, above),
            MaybeRef::Ref(reference) => reference,
        };
        if let Some(height) = self.heights.get(&reference) {
            // Above this one there may be more than when it was looked at.
            return if above + height > DEEPEST { Err(endless()) } else { Ok(*height) };
        }
        let height = match self.pdf.xref().get::<Object<'a>>(reference.into()) {
            Some(object) => self.height(&object, above)?,
            None => 0,
        };
        self.heights.insert(reference, height);
        Ok(height)
    }
}

fn endless() -> Fault {
    Fault::Damaged("PDF with endless colour spaces or functions".to_owned())
}

fn held<'a>(dict: &Dict<'a>) -> impl Iterator<Item = MaybeRef<Object<'a>>> {
    [FUNCTIONS, ALTERNATE].into_iter().filter_map(|key| dict.get_raw::<Object<'a>>(key))
}

/// Looks at a stream that is a function.
///
/// # Errors
/// [`Fault::Limit`] if it has too many samples, [`Fault::Damaged`] if its program is too deep.
pub(super) fn function(stream: &Stream<'_>) -> Result<(), Fault> {
    let dict = stream.dict();
    match dict.get::<i64>(FUNCTION_TYPE) {
        Some(0) => {
            let inputs = dict.get::<Array<'_>>(SIZE).into_iter().flat_map(|sizes| sizes.iter::<u32>());
            let outputs = dict.get::<Array<'_>>(RANGE).map_or(0, |range| range.raw_iter().count() as u64 / 2);
            if inputs.fold(outputs, |all, size| all.saturating_mul(u64::from(size))) > MOST_SAMPLES {
                return Err(Fault::Limit(format!("a function of more than {MOST_SAMPLES} samples")));
            }
        }
        Some(4) => {
            let mut depth = 0_usize;
            for byte in stream.decoded_data().unwrap_or_default().iter() {
                match byte {
                    b'{' => depth += 1,
                    b'}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if depth > DEEPEST_BRACES {
                    return Err(Fault::Damaged("PDF with a function nested too deep".to_owned()));
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// Looks at the content of a page.
///
/// # Errors
/// [`Fault::Limit`] if it shows a string that is too long.
pub(super) fn page(page: &Page<'_>) -> Result<(), Fault> {
    page.page_stream().map_or(Ok(()), content)
}

/// Looks at the content of a page or a form.
///
/// # Errors
/// [`Fault::Limit`] if it shows a string that is too long.
pub(super) fn content(content: &[u8]) -> Result<(), Fault> {
    if content.len() <= LONGEST_STRING {
        return Ok(());
    }
    let mut operations = TypedIter::new(content);
    while let Some(operation) = operations.next() {
        let longest = match operation {
            TypedInstruction::ShowText(shown) => shown.0.len(),
            TypedInstruction::NextLineAndShowText(shown) => shown.0.len(),
            TypedInstruction::ShowTextWithParameters(shown) => shown.2.len(),
            TypedInstruction::ShowTexts(shown) => {
                let lengths = shown.0.iter::<Object<'_>>().map(|o| if let Object::String(s) = o { s.len() } else { 0 });
                lengths.max().unwrap_or(0)
            }
            _ => 0,
        };
        if longest > LONGEST_STRING {
            return Err(Fault::Limit(format!("a string of {longest} bytes")));
        }
    }
    Ok(())
}
