//! 협력사: what a vendor may know of cancels, and of what comes back.

pub mod burden;
pub mod cancel;
pub mod exchange_target;
pub mod period;
