//! The member's own inquiries, and what it may choose from while writing one.

use commerce::{CounselNo, FileNo, GoodsNo, InquiryStatus, ItemNo, LineStatus, OrderNo, Won, Yn};
use serde::{Deserialize, Serialize};

use crate::date_time::KstDateTime;

/// 1:1문의 건수 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InquiryCountQuery {
    pub mbr_no: Option<String>,
    pub accp_str_dt: Option<String>,
    pub accp_end_dt: Option<String>,
}

/// 1:1문의 목록 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionListQuery {
    pub accp_str_dt: Option<String>,
    pub accp_end_dt: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 1:1문의 목록
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionList {
    pub total_count: i64,
    pub page_no: i64,
    pub page_size: i64,
    pub list: Vec<QuestionRow>,
}

/// 1:1문의 한 건
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionRow {
    pub ccn_no: CounselNo,
    pub cnsl_typ_no: String,
    pub cnsl_typ_nm: String,
    pub title: String,
    pub accp_dtm: KstDateTime,
    pub cnsl_stat_cd: InquiryStatus,
    pub cnsl_stat_nm: String,
    pub ord_no: Option<OrderNo>,
    pub goods_no: Option<GoodsNo>,
    pub goods_nm: Option<String>,
    pub file_cnt: i32,
    /// Null until it is answered.
    pub ans_dtm: Option<KstDateTime>,
}

debug_only!(QuestionRow { ccn_no, cnsl_stat_cd });

/// 1:1문의 상세 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionDetailQuery {
    pub ccn_no: Option<String>,
}

/// 1:1문의 상세: the row of the list and what only the detail shows.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionDetail {
    #[serde(flatten)]
    pub row: QuestionRow,
    pub accp_cont: String,
    pub sms_noti_yn: Yn,
    pub cell_sct_no: Option<String>,
    pub cell_txno_no: Option<String>,
    pub cell_end_no: Option<String>,
    pub email_addr: Option<String>,
    pub files: Vec<FileInfo>,
    pub ans_cont: Option<String>,
    pub ans_user_nm: Option<String>,
}

debug_only!(QuestionDetail { row });

/// 첨부파일
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FileInfo {
    pub file_no: FileNo,
    /// As the member called it: a name may be personal.
    pub file_nm: String,
    pub bytes: i64,
    #[serde(rename = "type")]
    pub media_type: String,
    pub url: String,
}

debug_only!(FileInfo { file_no, bytes, media_type });

/// 문의 상품 검색 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SearchGoodsRequest {
    pub search_nm: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 문의 상품 목록
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoodsChoiceList {
    pub total_count: i64,
    pub list: Vec<GoodsChoice>,
}

/// 문의 상품: one item of one goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GoodsChoice {
    pub goods_no: GoodsNo,
    pub goods_nm: String,
    pub itm_no: ItemNo,
    pub itm_nm: String,
    pub sale_prc: Won,
    pub goods_img: Option<String>,
}

/// 문의 주문상품 조회 요청
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderedGoodsRequest {
    pub str_dt: Option<String>,
    pub end_dt: Option<String>,
    pub page_no: Option<i64>,
    pub page_size: Option<i64>,
}

/// 문의 주문상품 목록
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderedGoodsList {
    pub total_count: i64,
    pub list: Vec<OrderedGoods>,
}

/// 문의 주문상품: one line of one of the member's orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderedGoods {
    pub ord_no: OrderNo,
    pub ord_dtm: KstDateTime,
    pub ord_seq: i32,
    pub goods_no: GoodsNo,
    pub goods_nm: String,
    pub itm_no: ItemNo,
    pub itm_nm: String,
    pub goods_img: Option<String>,
    pub ord_qty: i64,
    pub sale_prc: Won,
    pub ord_dtl_stat_cd: LineStatus,
    pub ord_dtl_stat_nm: String,
}
