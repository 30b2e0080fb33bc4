//! Load, decide, save: one transaction each.

pub mod acceptance;
pub mod execution;

pub mod cancel;
pub mod collection;
pub mod exchange;
pub mod imported;
pub mod option;
pub mod returns;

pub mod catalogue;
pub mod claim;
pub mod operators;
pub mod personal;
pub mod vendors;

pub mod history;
pub mod messages;
pub mod open_order;
pub mod policies;
