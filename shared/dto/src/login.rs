//! 로그인: what a token says of who bears it.

use commerce::{OrderNo, SiteNo};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// 로그인 정보
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LoginInfo {
    /// Member number, agent id, service name, or a guest's order number.
    pub sub: String,
    #[cfg_attr(feature = "openapi", schemars(length(max = 5)))]
    pub roles: Vec<String>,
    pub site_no: SiteNo,
    /// The one order of a guest; null for everybody else.
    pub ord_no: Option<OrderNo>,
    /// When the token expires.
    pub exp_dtm: KstDateTime,
    /// What time it is, so that a page knows how far off its own clock is.
    pub server_dtm: KstDateTime,
}
