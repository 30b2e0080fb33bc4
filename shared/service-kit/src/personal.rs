//! What every service does for a member who has left: what it is known by is found in what was written and masked there,
//! sealed originals are sealed anew when the data key changes, and go when their time is over.

pub mod known_values;
pub mod reseal;
