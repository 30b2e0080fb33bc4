//! 협력사: what a vendor may know of cancels.

pub mod burden;
pub mod cancel;
