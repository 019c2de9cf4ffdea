//! Scans: pages without text become pages of characters, by a command or by models of our own house.
//!
//! Owns who reads. Refuses to believe: what nothing vouches for is marked here and left out later on. Off unless the pipeline file has a section `[ocr]`.

#[cfg(feature = "ocr")]
mod clean;
mod command;
#[cfg(feature = "ocr")]
mod lines;
#[cfg(feature = "ocr")]
mod models;
#[cfg(feature = "ocr")]
mod net;
pub mod raster;
mod rooms;
mod ruling;
mod upright;
mod words;

use std::path::Path;

use raster::Raster;

use super::layout::page::Page;
use super::limits::{Clock, Fault};

pub use command::Commands;

/// Who reads pages without text. Its debug form is part of what a night knows a reading by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ocr {
    /// Programs of the operator.
    Commands(Commands),
    /// Models that this program runs itself.
    #[cfg(feature = "ocr")]
    Models(models::Models),
}

impl Ocr {
    /// The models of a folder.
    ///
    /// # Errors
    /// A sentence for the operator: this build runs no models, or they are not there, or are others than were measured.
    #[cfg(feature = "ocr")]
    pub fn models(folder: &Path) -> Result<Self, String> {
        models::Models::open(folder).map(Self::Models)
    }

    /// The models of a folder.
    ///
    /// # Errors
    /// A sentence for the operator: this build runs no models.
    #[cfg(not(feature = "ocr"))]
    pub fn models(_: &Path) -> Result<Self, String> {
        Err("this program was built without its recogniser: build it with the feature `ocr`, as `make install` does"
            .to_owned())
    }

    /// The folder of its models; `None` for commands.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Commands(_) => None,
            #[cfg(feature = "ocr")]
            Self::Models(models) => Some(models.folder()),
        }
    }

    /// Its commands; `None` for models.
    #[must_use]
    pub const fn commands(&self) -> Option<&Commands> {
        match self {
            Self::Commands(commands) => Some(commands),
            #[cfg(feature = "ocr")]
            Self::Models(_) => None,
        }
    }

    /// Reads a page.
    ///
    /// # Errors
    /// [`Fault::Command`] when the recogniser fails, [`Fault::Limit`] for a page of too many pieces, [`Fault::Time`] when
    /// the time is up.
    pub fn page(&self, raster: &Raster, clock: &Clock) -> Result<Page, Fault> {
        let straight = upright::straight(raster);
        match self {
            Self::Commands(commands) => commands.page(straight, clock),
            #[cfg(feature = "ocr")]
            Self::Models(models) => models.page(&straight, clock),
        }
    }
}
