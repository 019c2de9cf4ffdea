//! The one error of this crate: what was to be done, and what stood in the way.
//!
//! Owns how a chain of reasons prints. `{}` says what failed, `{:#}` the whole chain, `what: why: why`; printed through
//! `anyhow` it is the same text. Refuses to sort failures by kind: what an operator has to do stands in the words, and
//! who needs to know a system's error finds it in [`source`](std::error::Error::source).

use std::error::Error as StdError;
use std::fmt;

type Cause = Box<dyn StdError + Send + Sync>;

/// Why the dataset cannot be read or written.
#[derive(Debug)]
pub struct Error {
    /// What failed; `None` where the cause says it alone.
    what: Option<String>,
    cause: Option<Cause>,
}

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn new(what: impl fmt::Display) -> Self {
        Self { what: Some(what.to_string()), cause: None }
    }

    fn of(cause: impl StdError + Send + Sync + 'static) -> Self {
        Self { what: None, cause: Some(Box::new(cause)) }
    }

    fn around(what: impl fmt::Display, cause: impl StdError + Send + Sync + 'static) -> Self {
        let cause: Cause = Box::new(cause);
        // A cause without words of its own would stand in the chain twice, and hide the system's error behind it.
        let cause = match cause.downcast::<Self>() {
            Ok(own) if own.what.is_none() => own.cause,
            Ok(own) => Some(own as Cause),
            Err(foreign) => Some(foreign),
        };
        Self { what: Some(what.to_string()), cause }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.what, &self.cause) {
            (Some(what), _) => f.write_str(what)?,
            (None, Some(cause)) => write!(f, "{cause}")?,
            (None, None) => {}
        }
        let mut next = self.source().filter(|_| f.alternate());
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let cause = self.cause.as_deref()?;
        if self.what.is_some() { Some(cause) } else { cause.source() }
    }
}

macro_rules! from {
    ($($cause:ty),* $(,)?) => {$(
        impl From<$cause> for Error {
            fn from(cause: $cause) -> Self {
                Self::of(cause)
            }
        }
    )*};
}

from!(
    std::io::Error,
    std::num::TryFromIntError,
    std::string::FromUtf8Error,
    arrow_schema::ArrowError,
    parquet::errors::ParquetError,
    postcard::Error,
    serde_json::Error,
    toml::de::Error,
    csv::Error,
    csv::IntoInnerError<csv::Writer<Vec<u8>>>,
    globset::Error,
    nianbao_document::Interrupted,
);

/// Says what failed, before the reason.
pub(crate) trait Context<T> {
    fn context(self, what: impl fmt::Display) -> Result<T>;
    fn with_context<D: fmt::Display>(self, what: impl FnOnce() -> D) -> Result<T>;
}

impl<T, E: StdError + Send + Sync + 'static> Context<T> for Result<T, E> {
    fn context(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|cause| Error::around(what, cause))
    }

    fn with_context<D: fmt::Display>(self, what: impl FnOnce() -> D) -> Result<T> {
        self.map_err(|cause| Error::around(what(), cause))
    }
}

impl<T> Context<T> for Option<T> {
    fn context(self, what: impl fmt::Display) -> Result<T> {
        self.ok_or_else(|| Error::new(what))
    }

    fn with_context<D: fmt::Display>(self, what: impl FnOnce() -> D) -> Result<T> {
        self.ok_or_else(|| Error::new(what()))
    }
}

macro_rules! bail {
    ($($words:tt)*) => { return Err($crate::error::Error::new(format!($($words)*))) };
}

macro_rules! ensure {
    ($holds:expr, $($words:tt)*) => { if !$holds { $crate::error::bail!($($words)*) } };
}

pub(crate) use {bail, ensure};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_print_as_they_do_through_anyhow() {
        let refused = || std::io::Error::new(std::io::ErrorKind::PermissionDenied, "no");
        let bare: Result<()> = Err(Error::from(refused()));
        let error = bare.context("cannot read x").context("the release is damaged").unwrap_err();
        assert_eq!(error.to_string(), "the release is damaged");
        assert_eq!(format!("{error:#}"), "the release is damaged: cannot read x: no");
        let deepest = error.source().and_then(StdError::source);
        assert!(deepest.is_some_and(|e| e.is::<std::io::Error>()), "who advises by the system's error finds it");
        assert_eq!(format!("{:#}", Error::from(refused())), "no");
        assert_eq!(format!("{:#}", None::<()>.context("nothing there").unwrap_err()), "nothing there");
    }
}
