use commerce::{ItemNo, LineStatus};
use serde::{Deserialize, Serialize};

use super::Order;
use crate::date_time::KstDateTime;

/// 주문 스냅샷: what `GET /internal/orders/{ordNo}` answers.
///
/// `order` is the order as it was taken, its personal columns as they stand now and its password left out;
/// what has happened to the lines since is beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderSnapshot {
    pub order: Order,
    /// One per line of the order, in its order.
    pub line_list: Vec<OrderLineState>,
    /// Whether the member has withdrawn and the personal columns are masked.
    pub masked: bool,
    /// ST006: so many days after delivery goods are returned, and exchanged.
    #[serde(default = "claim_days")]
    pub rtn_days: u32,
    #[serde(default = "claim_days")]
    pub exch_days: u32,
}

/// What a release before says nothing of.
const fn claim_days() -> u32 {
    14
}

/// 주문상품 현재상태
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderLineState {
    pub ord_seq: i32,
    pub ord_dtl_stat_cd: LineStatus,
    /// The item the line holds now; an option change moves it away from the ordered one.
    pub itm_no: ItemNo,
    pub itm_nm: String,
    pub cncl_qty: i64,
    pub rtn_qty: i64,
    pub dlvd_dtm: Option<KstDateTime>,
}
