//! The one error of this crate: built-in data, or settings, that cannot be meant.
//!
//! Owns what such an error says, from the file down to the cause. Refuses reports: what is wrong with one is a finding.

use std::error::Error;
use std::fmt;

/// Data that does not load. `{}` prints the outermost place (`data/editions/2021.toml`), `{:#}` everything down to the
/// cause, parted by `: `; [`Error::source`] walks the same way.
#[derive(Debug)]
pub struct LoadError {
    what: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl LoadError {
    /// An error that is its own cause.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), source: None }
    }

    /// An error at a place: a file, a table in it, an entry.
    pub(crate) fn at(place: impl Into<String>, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { what: place.into(), source: Some(source.into()) }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.source {
            Some(source) if f.alternate() => write!(f, ": {source:#}"),
            _ => Ok(()),
        }
    }
}

impl Error for LoadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

impl From<toml::de::Error> for LoadError {
    fn from(error: toml::de::Error) -> Self {
        Self::new(error.to_string())
    }
}

impl From<aho_corasick::BuildError> for LoadError {
    fn from(error: aho_corasick::BuildError) -> Self {
        Self::new(error.to_string())
    }
}

/// Names the place of an error, as it is passed on.
pub(crate) trait AtPlace<T> {
    /// The value, or the error at a place.
    fn at(self, place: impl FnOnce() -> String) -> Result<T, LoadError>;
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> AtPlace<T> for Result<T, E> {
    fn at(self, place: impl FnOnce() -> String) -> Result<T, LoadError> {
        self.map_err(|error| LoadError::at(place(), error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_their_way_down() {
        let error = Err::<(), _>(LoadError::new("unknown column x")).at(|| "table requests".to_owned());
        let error = error.at(|| "data/editions/2021.toml".to_owned()).unwrap_err();
        assert_eq!(error.to_string(), "data/editions/2021.toml");
        assert_eq!(format!("{error:#}"), "data/editions/2021.toml: table requests: unknown column x");
        assert_eq!(
            error.source().and_then(Error::source).map(ToString::to_string).as_deref(),
            Some("unknown column x")
        );
    }
}
