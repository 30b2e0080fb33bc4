//! The agents' desk in a browser.

mod answers;
mod browser;
mod cancels;
mod colleagues;
mod house;
mod looks;
mod screens;
mod shop;
mod sign_in;
mod stuck;
mod unseen;
mod webdriver;
