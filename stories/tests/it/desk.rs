//! The agents' desk in a browser.

mod answers;
mod browser;
mod house;
mod sign_in;
mod unseen;
mod webdriver;
