//! Kinds of columns of the ledger: how a value is appended to one, and how it is read back.
//!
//! Owns the way between Rust's types and Arrow's. Refuses to know which columns there are.

use arrow_array::builder::{
    ArrayBuilder, BinaryBuilder, BooleanBuilder, FixedSizeBinaryBuilder, PrimitiveBuilder, StringBuilder,
    StringDictionaryBuilder,
};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{ArrowPrimitiveType, Int32Type};
use arrow_array::{Array, ArrayAccessor};
use arrow_schema::DataType;

use crate::error::Result;

/// A kind of column: Arrow's own type for numbers and days.
pub(super) trait Kind {
    type Builder: ArrayBuilder;
    type Value<'v>;

    fn data_type() -> DataType;

    fn builder() -> Self::Builder;

    fn append(builder: &mut Self::Builder, value: Option<Self::Value<'_>>) -> Result<()>;

    /// The value in a row that is not null; `None` also where the column is of another kind.
    fn get(column: &dyn Array, row: usize) -> Option<Self::Value<'_>>;
}

fn value<A: ArrayAccessor + Copy>(column: A, row: usize) -> Option<A::Item> {
    column.is_valid(row).then(|| column.value(row))
}

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
        value(column.as_primitive_opt::<T>()?, row)
    }
}

macro_rules! kinds {
    ($(#[doc = $doc:literal] $name:ident<$v:lifetime>: $builder:ty, $value:ty, $data_type:expr, $get:expr;)*) => {$(
        #[doc = $doc]
        pub(super) struct $name;

        impl Kind for $name {
            type Builder = $builder;
            type Value<$v> = $value;

            fn data_type() -> DataType {
                $data_type
            }

            fn builder() -> Self::Builder {
                Self::Builder::default()
            }

            fn append(builder: &mut Self::Builder, value: Option<Self::Value<'_>>) -> Result<()> {
                builder.append_option(value);
                Ok(())
            }

            fn get(column: &dyn Array, row: usize) -> Option<Self::Value<'_>> {
                let get: fn(&dyn Array, usize) -> Option<Self::Value<'_>> = $get;
                get(column, row)
            }
        }
    )*};
}

kinds! {
    /// Free text.
    Text<'v>: StringBuilder, &'v str, DataType::Utf8, |column, row| value(column.as_string_opt::<i32>()?, row);
    /// Text of which there are few.
    Code<'v>: StringDictionaryBuilder<Int32Type>, &'v str,
        DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        |column, row| {
            let column = column.as_dictionary_opt::<Int32Type>()?;
            let key = usize::try_from(value(column.keys(), row)?).ok()?;
            Some(column.values().as_string_opt::<i32>()?.value(key))
        };
    /// Bytes that may be no text.
    Bytes<'v>: BinaryBuilder, &'v [u8], DataType::Binary, |column, row| value(column.as_binary_opt::<i32>()?, row);
    /// Yes or no.
    Flag<'v>: BooleanBuilder, bool, DataType::Boolean, |column, row| value(column.as_boolean_opt()?, row);
}

/// SHA-256.
pub(super) struct Hash;

impl Kind for Hash {
    type Builder = FixedSizeBinaryBuilder;
    type Value<'v> = &'v [u8; 32];

    fn data_type() -> DataType {
        DataType::FixedSizeBinary(32)
    }

    fn builder() -> Self::Builder {
        Self::Builder::new(32)
    }

    fn append(builder: &mut Self::Builder, value: Option<&[u8; 32]>) -> Result<()> {
        match value {
            Some(hash) => builder.append_value(hash)?,
            None => builder.append_null(),
        }
        Ok(())
    }

    fn get(column: &dyn Array, row: usize) -> Option<&[u8; 32]> {
        value(column.as_fixed_size_binary_opt()?, row)?.try_into().ok()
    }
}
