//! What an operator does with the program beside letting it serve.

pub mod policy;
