//! 상품: the catalogue that claims need (contract, section 5).

use commerce::{GoodsNo, ItemNo, SaleStatus, Won, Yn};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_ITEMS, MOST_ROWS, at_most, none_or_at_most};

/// 상품 수신 요청
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoodsRequest {
    #[serde(deserialize_with = "at_most::<MOST_ROWS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ROWS)))]
    pub goods: Vec<Goods>,
}

/// 상품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Goods {
    pub goods_no: GoodsNo,
    pub goods_nm: String,
    pub sale_prc: Won,
    pub sale_stat_cd: SaleStatus,
    pub rsv_goods_yn: Yn,
    #[serde(default)]
    pub goods_img: Option<String>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_ITEMS, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_ITEMS)))]
    pub itms: Vec<GoodsItem>,
}

/// 단품
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoodsItem {
    pub itm_no: ItemNo,
    pub itm_nm: String,
    pub itm_sale_stat_cd: SaleStatus,
    /// On top of the goods' own price; may be negative.
    pub add_prc: Won,
    /// Pieces there are now, not a change.
    pub stk_qty: i64,
}

/// 상품 수신 응답
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoodsAnswer {
    pub created: i64,
    pub updated: i64,
}

/// 다른 단품 조회 요청, one of a bare list. `itmNo` is accepted and filters nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OtherItemsRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub goods_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub itm_no: Option<String>,
}

/// 다른 단품 조회 응답, one of a bare list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OtherItems {
    pub goods_no: GoodsNo,
    pub goods_nm: String,
    pub sale_prc: Won,
    pub sale_stat_cd: SaleStatus,
    pub rsv_goods_yn: Yn,
    pub itms: Vec<OtherItem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OtherItem {
    pub itm_no: ItemNo,
    pub itm_nm: String,
    pub itm_sale_stat_cd: SaleStatus,
    pub stk_qty: i64,
    /// The goods' price and the item's addition.
    pub sale_prc: Won,
}
