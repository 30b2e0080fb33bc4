//! What an operator does from the command line, beside a running service.

pub mod vendor_key;
