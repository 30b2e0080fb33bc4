//! 협력사 회수대상조회: what a vendor asks about its goods that come back, and hears.

use serde::{Deserialize, Serialize};

use crate::vendor_inquiry::VendorCost;

/// 회수대상조회 요청 문서
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorExchangeDocument {
    pub request_exchange_target: VendorExchangeRequest,
}

/// 회수대상조회 요청: a period, or the number of an order or a claim, not both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorExchangeRequest {
    /// 조회기간구분: `01` the day on which the collection was instructed.
    pub perd_type: Option<String>,
    /// 조회기간시작일자, `yyyymmdd`.
    pub perd_str_dts: Option<String>,
    /// 조회기간종료일자, `yyyymmdd`, included; seven days at most.
    pub perd_end_dts: Option<String>,
    /// 배송구분상세코드, as `21,22`: `21` returns, `22` exchanges, both where nothing is said; only with a period.
    pub shpp_div_dtl_cds: Option<String>,
    /// 조회번호구분: `02` order number, `03` shipping number, which is the claim's.
    pub comm_type: Option<String>,
    /// 조회번호
    pub comm_value: Option<String>,
}

/// 회수대상조회 응답 문서
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct VendorExchangeAnswer {
    pub result: VendorExchangeResult,
}

/// 회수대상조회 결과
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorExchangeResult {
    pub result_code: String,
    pub result_message: String,
    /// Empty where nothing went wrong, else the reason in Korean.
    pub result_desc: String,
    /// One with every row, or none where there are no rows.
    pub exchange_targets: Vec<VendorExchangeTargets>,
}

/// 회수대상 목록
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorExchangeTargets {
    pub exchange_target: Vec<VendorExchangeTarget>,
}

/// 회수대상: units of a line that hold one item, of a return or an exchange.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VendorExchangeTarget {
    /// 배송구분상세코드
    pub shpp_div_dtl_cd: String,
    pub shpp_div_dtl_nm: String,
    /// 원주문번호
    pub orord_no: String,
    pub orord_item_seq: String,
    /// 주문번호: the claim's.
    pub ord_no: String,
    pub ord_item_seq: String,
    /// 배송번호: the claim's.
    pub shpp_no: String,
    pub shpp_seq: String,
    /// 상품
    pub item_id: String,
    pub item_nm: String,
    /// 단품: the item the units held when they were claimed.
    pub uitem_id: String,
    pub uitem_nm: String,
    /// 지시수량: what was claimed.
    pub dirc_item_qty: String,
    /// 처리수량: what was accepted; 0 before it was.
    pub proc_item_qty: String,
    /// 반품거부수량
    pub refus_ret_proc_qty: String,
    /// 클레임사유
    pub clm_rsn_cd: String,
    pub clm_rsn_nm: String,
    pub clm_rsn_cntt: String,
    /// 최종배송진행상태상세
    pub last_shpp_prog_stat_dtl_cd: String,
    pub last_shpp_prog_stat_dtl_nm: String,
    /// 배송상태
    pub shpp_stat_cd: String,
    pub shpp_stat_nm: String,
    /// 반품처리상태명; empty while there is none.
    pub ret_proc_stat_nm: String,
    /// 반품귀책주체명
    pub ret_impt_main_nm: String,
    /// 배송비부담주체; empty without a fee, or while it is not final.
    pub shppcst_bdn_main_cd: String,
    pub shppcst_bdn_main_nm: String,
    /// 회수방법
    pub rcov_mthd_cd: String,
    pub rcov_mthd_nm: String,
    /// 택배사, in the shop's own codes.
    pub delico_ven_id: String,
    pub delico_ven_nm: String,
    /// 운송장번호
    pub wbl_no: String,
    /// 재판매가능여부
    pub resell_psbl_yn: String,
    /// 환불여부
    pub refund_yn: String,
    /// 반품거부사유명
    pub ret_refus_rsn_nm: String,
    /// 반품처리메모내용
    pub ret_proc_memo_cntt: String,
    /// 회수지시일, `yyyy-MM-dd` as all days; empty where it did not come to that.
    pub rcov_dirc_dt: String,
    /// 회수확인일
    pub rcov_cnf_dt: String,
    /// 회수완료일
    pub rcov_cmpl_dt: String,
    /// 회수완료보류일
    pub rcov_cmpl_defer_dt: String,
    /// 회수철회일
    pub rcov_rvk_dt: String,
    /// 주문자명
    pub ordpe_nm: String,
    /// 수취인명: of whom the goods are fetched; empty where the shop fetches none.
    pub rcptpe_nm: String,
    pub cst_info: Vec<VendorCost>,
}

debug_only!(VendorExchangeAnswer {});
debug_only!(VendorExchangeResult { result_code });
debug_only!(VendorExchangeTargets {});
debug_only!(VendorExchangeTarget { orord_no, orord_item_seq, ord_no });
