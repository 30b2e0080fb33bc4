//! How long orders and what is kept of them count.

use serde::Deserialize;

use crate::domain::order_windows::PageWindows;

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrderSettings {
    /// Days after delivery that an order is counted on the member's page.
    pub my_page_order_days: u32,
    /// Days after completion that a claim is counted there.
    pub my_page_claim_days: u32,
    /// Years after an order that the archive keeps the originals of a withdrawn member.
    pub archive_years: u32,
}

impl Default for OrderSettings {
    fn default() -> Self {
        Self { my_page_order_days: 10, my_page_claim_days: 10, archive_years: 5 }
    }
}

impl OrderSettings {
    pub fn page_windows(&self) -> PageWindows {
        PageWindows { order_days: self.my_page_order_days, claim_days: self.my_page_claim_days }
    }
}
