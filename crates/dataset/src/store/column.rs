//! Kinds of columns of the ledger: how a value is appended to one, and how it is read back.
//!
//! Owns the way between Rust's types and Arrow's. Refuses to know which columns there are.

use arrow_array::Array;
use arrow_array::builder::{
    ArrayBuilder, BinaryBuilder, BooleanBuilder, FixedSizeBinaryBuilder, PrimitiveBuilder, StringBuilder,
    StringDictionaryBuilder,
};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{ArrowPrimitiveType, Int32Type};
use arrow_schema::DataType;

use crate::error::Result;

/// A kind of column: the type itself for numbers and days.
pub(super) trait Kind {
    type Builder: ArrayBuilder;
    type Value<'v>;

    fn data_type() -> DataType;

    fn builder() -> Self::Builder;

    fn append(builder: &mut Self::Builder, value: Option<Self::Value<'_>>) -> Result<()>;

    /// The value in a row that is not null; `None` also where the column is of another kind.
    fn get(column: &dyn Array, row: usize) -> Option<Self::Value<'_>>;
}

/// Free text.
pub(super) struct Text;
/// Text of which there are few.
pub(super) struct Code;
/// Bytes that may be no text.
pub(super) struct Bytes;
/// Yes or no.
pub(super) struct Flag;
/// SHA-256.
pub(super) struct Hash;

impl<T: ArrowPrimitiveType> Kind for T {
    type Builder = PrimitiveBuilder<T>;
    type Value<'v> = T::Native;

    fn data_type() -> DataType {
        T::DATA_TYPE
    }

    fn builder() -> Self::Builder {
        Self::Builder::default()
    }

    fn append(builder: &mut Self::Builder, value: Option<T::Native>) -> Result<()> {
        builder.append_option(value);
        Ok(())
    }

    fn get(column: &dyn Array, row: usize) -> Option<T::Native> {
        let column = column.as_primitive_opt::<T>()?;
        column.is_valid(row).then(|| column.value(row))
    }
}

impl Kind for Text {
    type Builder = StringBuilder;
    type Value<'v> = &'v str;

    fn data_type() -> DataType {
        DataType::Utf8
    }

    fn builder() -> Self::Builder {
        Self::Builder::default()
    }

    fn append(builder: &mut Self::Builder, value: Option<&str>) -> Result<()> {
        builder.append_option(value);
        Ok(())
    }

    fn get(column: &dyn Array, row: usize) -> Option<&str> {
        let column = column.as_string_opt::<i32>()?;
        column.is_valid(row).then(|| column.value(row))
    }
}

impl Kind for Code {
    type Builder = StringDictionaryBuilder<Int32Type>;
    type Value<'v> = &'v str;

    fn data_type() -> DataType {
        DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
    }

    fn builder() -> Self::Builder {
        Self::Builder::default()
    }

    fn append(builder: &mut Self::Builder, value: Option<&str>) -> Result<()> {
        builder.append_option(value);
        Ok(())
    }

    fn get(column: &dyn Array, row: usize) -> Option<&str> {
        let column = column.as_dictionary_opt::<Int32Type>()?;
        let key = usize::try_from(column.is_valid(row).then(|| column.keys().value(row))?).ok()?;
        Some(column.values().as_string_opt::<i32>()?.value(key))
    }
}

impl Kind for Bytes {
    type Builder = BinaryBuilder;
    type Value<'v> = &'v [u8];

    fn data_type() -> DataType {
        DataType::Binary
    }

    fn builder() -> Self::Builder {
        Self::Builder::default()
    }

    fn append(builder: &mut Self::Builder, value: Option<&[u8]>) -> Result<()> {
        builder.append_option(value);
        Ok(())
    }

    fn get(column: &dyn Array, row: usize) -> Option<&[u8]> {
        let column = column.as_binary_opt::<i32>()?;
        column.is_valid(row).then(|| column.value(row))
    }
}

impl Kind for Flag {
    type Builder = BooleanBuilder;
    type Value<'v> = bool;

    fn data_type() -> DataType {
        DataType::Boolean
    }

    fn builder() -> Self::Builder {
        Self::Builder::default()
    }

    fn append(builder: &mut Self::Builder, value: Option<bool>) -> Result<()> {
        builder.append_option(value);
        Ok(())
    }

    fn get(column: &dyn Array, row: usize) -> Option<bool> {
        let column = column.as_boolean_opt()?;
        column.is_valid(row).then(|| column.value(row))
    }
}

impl Kind for Hash {
    type Builder = FixedSizeBinaryBuilder;
    type Value<'v> = &'v [u8; 32];

    fn data_type() -> DataType {
        DataType::FixedSizeBinary(32)
    }

    fn builder() -> Self::Builder {
        FixedSizeBinaryBuilder::new(32)
    }

    fn append(builder: &mut Self::Builder, value: Option<&[u8; 32]>) -> Result<()> {
        match value {
            Some(hash) => builder.append_value(hash)?,
            None => builder.append_null(),
        }
        Ok(())
    }

    fn get(column: &dyn Array, row: usize) -> Option<&[u8; 32]> {
        let column = column.as_fixed_size_binary_opt()?;
        column.is_valid(row).then(|| column.value(row))?.try_into().ok()
    }
}
