//! Laws over generated amounts, beside the cases worth naming.

mod rates;
mod shares;
mod wons;
