//! The back door: what runs without a request.

pub mod mileage_expirer;
