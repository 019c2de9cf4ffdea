//! Reading a file of the archive: bytes in, what the store keeps of it out.
//!
//! Owns the fence around one file (`file`), what reading goes by (`bounds`), and what makes last night's result worthless
//! (`fingerprint`), what is said of it besides (`reason`). Refuses to know other files.

pub(crate) mod bounds;
pub(crate) mod file;
pub(crate) mod fingerprint;
mod reason;
