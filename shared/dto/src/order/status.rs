use commerce::LineStatus;
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_LINES, at_most};
use crate::date_time::KstDateTime;

/// 주문상태 변경 요청: all lines move or none does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct OrderStatusRequest {
    #[serde(deserialize_with = "at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub lines: Vec<OrderStatusLine>,
}

/// 주문상태 변경: one line's new status and when it took it, which may be in the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderStatusLine {
    pub ord_seq: i32,
    pub ord_dtl_stat_cd: LineStatus,
    pub dtm: KstDateTime,
}
