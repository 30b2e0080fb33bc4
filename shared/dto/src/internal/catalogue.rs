//! 상품 조회: what claim-service tells its sisters of the goods catalogue.

use serde::{Deserialize, Serialize};

use crate::inquiry::GoodsChoice;
use commerce::GoodsNo;

/// 상품 검색 요청: the query of `GET /internal/goods`.
///
/// With `goodsNo` the items of that goods, else those whose goods name holds `searchNm`, or all when it is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GoodsSearchQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_nm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods_no: Option<GoodsNo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_no: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i64>,
}

/// 상품 검색 응답: one row per item, by goods number and item number. Bare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GoodsSearchAnswer {
    pub total_count: i64,
    pub list: Vec<GoodsChoice>,
}
