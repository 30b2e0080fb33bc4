//! 협력사 조회: what a vendor asks about its cancelled lines (contract, section 5, "SSG inquiry") and about what comes back, and
//! hears.
//!
//! Every value is a text; the same names stand in JSON and in XML.

mod exchange_target;

use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

pub use exchange_target::{
    VendorExchangeAnswer, VendorExchangeDocument, VendorExchangeRequest, VendorExchangeResult,
    VendorExchangeTarget, VendorExchangeTargets,
};

/// 취소조회 요청 문서
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct VendorInquiryDocument {
    pub request: VendorInquiryRequest,
}

/// 취소조회 요청: a period or an order number, not both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorInquiryRequest {
    /// 조회기간시작일자, `yyyymmdd`.
    pub perd_str_dts: Option<String>,
    /// 조회기간종료일자, `yyyymmdd`, included.
    pub perd_end_dts: Option<String>,
    /// 원주문번호
    pub orord_no: Option<String>,
    /// 원주문상품순번, as `1,2,3`; only with an order number.
    pub orord_item_seqs: Option<String>,
}

/// 취소조회 응답 문서
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct VendorInquiryAnswer {
    pub result: VendorInquiryResult,
}

/// 취소조회 결과
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorInquiryResult {
    pub result_code: String,
    pub result_message: String,
    /// Empty where nothing went wrong, else the reason in Korean.
    pub result_desc: String,
    pub data: Vec<VendorCancel>,
}

/// 취소 내역: one cancelled line.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorCancel {
    /// 주문자명
    pub ordpe_nm: String,
    /// 주문접수매체코드
    pub ord_rcp_media_cd: String,
    pub ord_rcp_media_nm: String,
    /// 원주문번호
    pub orord_no: String,
    pub orord_item_seq: String,
    /// 주문번호: the claim's.
    pub ord_no: String,
    pub ord_item_seq: String,
    /// 주문상품상태코드
    pub ord_item_stat_cd: String,
    pub ord_item_stat_nm: String,
    /// 상품명
    pub item_nm: String,
    pub item_id: String,
    /// 클레임사유코드
    pub clm_rsn_cd: String,
    pub clm_rsn_nm: String,
    pub clm_rsn_cntt: String,
    /// 귀책구분코드
    pub impt_div_cd: String,
    /// 주문취소일시
    pub ord_cncl_dts: String,
    /// 취소상품수량
    pub cncl_item_qty: String,
    /// 주문접수일시
    pub ord_rcp_dts: String,
    /// 지시상품수량: what was ordered.
    pub dirc_item_qty: String,
    /// 단품ID
    pub uitem_id: String,
    pub uitem_nm: String,
    pub cst_info: Vec<VendorCost>,
}

/// 비용정보
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorCost {
    pub ord_no: String,
    pub ord_item_seq: String,
    /// 출고배송비
    pub shpmt_shppcst: String,
    /// 반품배송비
    pub ret_shppcst: String,
    /// 교환배송비
    pub exch_shppcst: String,
    /// 공급업체부담할인금액
    pub spl_ven_bdn_dc_amt: String,
    /// 공급업체ID
    pub spl_ven_id: String,
    /// 하위공급업체ID
    pub lrnk_spl_ven_id: String,
}

debug_only!(VendorInquiryAnswer {});
debug_only!(VendorInquiryResult { result_code });
debug_only!(VendorCancel { orord_no, orord_item_seq, ord_no });

/// 결과코드 of the vendors' inquiries, in the sense of its `resultCode`; `docs/errors.md` lists them for vendors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VendorResultCode {
    Success,
    /// The document can't be read: not JSON or XML, another encoding, a DTD.
    Unreadable,
    /// A value is missing or malformed.
    InvalidValue,
    /// Neither or both of period and number, a period too long, or one that ends before it begins.
    InvalidRange,
    /// More rows than one answer holds.
    TooManyRows,
    /// No key, or one that does not hold.
    Unauthorized,
    /// A part of the house can't be asked now.
    Unavailable,
    /// The fault is ours.
    InternalError,
}

impl VendorResultCode {
    pub const ALL: &'static [Self] = &[
        Self::Success,
        Self::Unreadable,
        Self::InvalidValue,
        Self::InvalidRange,
        Self::TooManyRows,
        Self::Unauthorized,
        Self::Unavailable,
        Self::InternalError,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Success => "00",
            Self::Unreadable => "10",
            Self::InvalidValue => "11",
            Self::InvalidRange => "12",
            Self::TooManyRows => "20",
            Self::Unauthorized => "40",
            Self::Unavailable => "90",
            Self::InternalError => "99",
        }
    }

    /// `resultMessage`
    pub const fn message(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Unreadable => "unreadable request",
            Self::InvalidValue => "invalid value",
            Self::InvalidRange => "invalid range",
            Self::TooManyRows => "too many rows",
            Self::Unauthorized => "unauthorized",
            Self::Unavailable => "temporarily unavailable",
            Self::InternalError => "internal error",
        }
    }
}
