//! The front door: HTTP in, HTTP out, one operation a file.

pub mod cancel;
pub mod catalogue;
pub mod claim;
pub mod collection;
pub mod exchange;
pub mod imported;
pub mod option;
pub mod personal;
pub mod returns;
pub mod vendors;
