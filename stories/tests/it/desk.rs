//! The agents' desk in a browser.

mod browser;
mod sign_in;
mod unseen;
