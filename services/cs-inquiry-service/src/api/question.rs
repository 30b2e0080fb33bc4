//! What writing and editing an inquiry have in common: the request in all its forms.

mod draft;
mod multipart;
mod receive;

pub(super) use draft::{draft, removed_files};
pub(super) use receive::{Received, receive, receive_number};
