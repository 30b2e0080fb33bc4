//! The agents' desk in a browser.

mod answers;
mod browser;
mod house;
mod screens;
mod sign_in;
mod unseen;
mod webdriver;
