use commerce::{ClaimNo, ClaimStatus, Won};
use serde::{Deserialize, Serialize};

use crate::bounded::{MOST_LINES, none_or_at_most};

/// 클레임 요청: what is to be claimed, or with `claimNo` a return or an exchange that is open. Everything may be missing here, so
/// that all of it is reported at once.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRequest {
    pub ord_no: Option<String>,
    /// 10 where it is missing.
    pub claim_business_type: Option<String>,
    pub claim_rsn_cd: Option<String>,
    pub claim_rsn_cntt: Option<String>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub claim_goods_list: Vec<ClaimGoodsRequest>,
    /// An open return or exchange: what settling or inspecting it would cost now. The fields above are not looked at then.
    pub claim_no: Option<String>,
    /// 감면금액, of a claim that is open; for agents.
    pub wv_amt: Option<Won>,
    /// 회수방법: 10 where it is missing. This and what follows is of returns and exchanges, and ignored by a cancel.
    pub wthd_mthd_cd: Option<String>,
    /// 회수지: where the goods are fetched; the delivery address of the order where it is missing.
    pub wthd_dlvp: Option<ClaimAddressRequest>,
    /// 무료반품쿠폰
    pub rtn_cpn_isu_no: Option<String>,
    /// 귀책구분: the reason's where it is missing; for agents.
    pub impt_div_cd: Option<String>,
}

debug_only!(ClaimRequest { ord_no, claim_business_type, claim_rsn_cd, claim_no });

/// 클레임 요청 상품
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimGoodsRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub ord_seq: Option<i32>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub claim_qty: Option<i64>,
    /// 단품: of a return or an exchange, where the line holds more than one.
    pub itm_no: Option<String>,
    /// 교환단품
    pub exch_itm_no: Option<String>,
}

/// 취소 요청 상품
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CancelGoodsRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub ord_seq: Option<i32>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub claim_qty: Option<i64>,
}

/// 회수지·교환배송지 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimAddressRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub rcvmn_nm: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub cell_sct_no: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub cell_txno_no: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub cell_end_no: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub zip_no: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub zip_addr: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub dtl_addr: Option<String>,
    pub deli_msg: Option<String>,
}

debug_only!(ClaimAddressRequest {});

/// 반품 요청: a claim request, what the customer saw of its cost, and the means to settle it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReturnOrderRequest {
    pub ord_no: Option<String>,
    /// 20 where it is missing.
    pub claim_business_type: Option<String>,
    pub claim_rsn_cd: Option<String>,
    pub claim_rsn_cntt: Option<String>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub claim_goods_list: Vec<ClaimGoodsRequest>,
    pub wthd_mthd_cd: Option<String>,
    pub wthd_dlvp: Option<ClaimAddressRequest>,
    pub rtn_cpn_isu_no: Option<String>,
    pub impt_div_cd: Option<String>,
    /// 환불계좌: needed where `rfdAcctReqYn` was Y.
    pub rfd_acct: Option<RefundAccountRequest>,
    /// Of the preview; a cost that has changed since is refused.
    pub cost_hash: Option<String>,
    /// The refund the customer was shown; another one is refused.
    pub expect_rfd_amt: Option<Won>,
    /// 추가결제: needed where the claim costs more than it gives back. It is held until the claim is settled.
    pub add_pay: Option<AdditionalPaymentRequest>,
}

debug_only!(ReturnOrderRequest { ord_no, claim_rsn_cd });

impl ReturnOrderRequest {
    /// What of it the preview takes as well.
    pub fn claim(&self) -> ClaimRequest {
        ClaimRequest {
            ord_no: self.ord_no.clone(),
            claim_business_type: self.claim_business_type.clone(),
            claim_rsn_cd: self.claim_rsn_cd.clone(),
            claim_rsn_cntt: self.claim_rsn_cntt.clone(),
            claim_goods_list: self.claim_goods_list.clone(),
            wthd_mthd_cd: self.wthd_mthd_cd.clone(),
            wthd_dlvp: self.wthd_dlvp.clone(),
            rtn_cpn_isu_no: self.rtn_cpn_isu_no.clone(),
            impt_div_cd: self.impt_div_cd.clone(),
            ..ClaimRequest::default()
        }
    }
}

/// 교환 요청 상품
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExchangeGoodsRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub ord_seq: Option<i32>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub claim_qty: Option<i64>,
    /// 단품, where the line holds more than one.
    pub itm_no: Option<String>,
    /// 교환단품
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub exch_itm_no: Option<String>,
}

/// 교환 요청: a claim request, what the customer saw of its cost, and the means to settle it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExchangeOrderRequest {
    pub ord_no: Option<String>,
    /// 30 where it is missing.
    pub claim_business_type: Option<String>,
    pub claim_rsn_cd: Option<String>,
    pub claim_rsn_cntt: Option<String>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub claim_goods_list: Vec<ExchangeGoodsRequest>,
    pub wthd_mthd_cd: Option<String>,
    pub wthd_dlvp: Option<ClaimAddressRequest>,
    /// 교환배송지: where an exchange goes; the delivery address of the order where it is missing.
    pub exch_dlvp: Option<ClaimAddressRequest>,
    pub rtn_cpn_isu_no: Option<String>,
    pub impt_div_cd: Option<String>,
    /// Of the preview; a cost that has changed since is refused.
    pub cost_hash: Option<String>,
    /// The refund the customer was shown; another one is refused.
    pub expect_rfd_amt: Option<Won>,
    /// 추가결제: needed where the claim costs more than it gives back. It is held until the claim is settled.
    pub add_pay: Option<AdditionalPaymentRequest>,
}

debug_only!(ExchangeOrderRequest { ord_no, claim_rsn_cd });

impl ExchangeOrderRequest {
    /// What of it the preview takes as well.
    pub fn claim(&self) -> ClaimRequest {
        ClaimRequest {
            ord_no: self.ord_no.clone(),
            claim_business_type: self.claim_business_type.clone(),
            claim_rsn_cd: self.claim_rsn_cd.clone(),
            claim_rsn_cntt: self.claim_rsn_cntt.clone(),
            claim_goods_list: self
                .claim_goods_list
                .iter()
                .map(|goods| ClaimGoodsRequest {
                    ord_seq: goods.ord_seq,
                    claim_qty: goods.claim_qty,
                    itm_no: goods.itm_no.clone(),
                    exch_itm_no: goods.exch_itm_no.clone(),
                })
                .collect(),
            wthd_mthd_cd: self.wthd_mthd_cd.clone(),
            wthd_dlvp: self.wthd_dlvp.clone(),
            rtn_cpn_isu_no: self.rtn_cpn_isu_no.clone(),
            impt_div_cd: self.impt_div_cd.clone(),
            ..ClaimRequest::default()
        }
    }
}

/// 주문취소 요청: a claim request, what the customer saw of its cost, and the means to settle it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CancelOrderRequest {
    pub ord_no: Option<String>,
    /// 10 where it is missing.
    pub claim_business_type: Option<String>,
    pub claim_rsn_cd: Option<String>,
    pub claim_rsn_cntt: Option<String>,
    #[serde(default, deserialize_with = "none_or_at_most::<MOST_LINES, _, _>")]
    #[cfg_attr(feature = "openapi", schemars(length(max = MOST_LINES)))]
    pub claim_goods_list: Vec<CancelGoodsRequest>,
    /// 환불계좌: needed where `rfdAcctReqYn` was Y, ignored elsewhere.
    pub rfd_acct: Option<RefundAccountRequest>,
    /// Of the preview; a cost that has changed since is refused.
    pub cost_hash: Option<String>,
    /// The refund the customer was shown; another one is refused.
    pub expect_rfd_amt: Option<Won>,
    /// 추가결제: needed where the cancel costs more than it gives back, ignored elsewhere.
    pub add_pay: Option<AdditionalPaymentRequest>,
}

debug_only!(CancelOrderRequest { ord_no, claim_rsn_cd });

impl CancelOrderRequest {
    /// What of it the preview takes as well.
    pub fn claim(&self) -> ClaimRequest {
        ClaimRequest {
            ord_no: self.ord_no.clone(),
            claim_business_type: self.claim_business_type.clone(),
            claim_rsn_cd: self.claim_rsn_cd.clone(),
            claim_rsn_cntt: self.claim_rsn_cntt.clone(),
            claim_goods_list: self
                .claim_goods_list
                .iter()
                .map(|goods| ClaimGoodsRequest {
                    ord_seq: goods.ord_seq,
                    claim_qty: goods.claim_qty,
                    ..ClaimGoodsRequest::default()
                })
                .collect(),
            ..ClaimRequest::default()
        }
    }
}

/// 환불계좌 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RefundAccountRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub bank_cd: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub acct_no: Option<String>,
    /// 예금주명
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub dpstr_nm: Option<String>,
}

debug_only!(RefundAccountRequest { bank_cd });

/// 추가결제 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdditionalPaymentRequest {
    /// The means it was paid by.
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub pay_means_cd: Option<String>,
    /// The provider's own name for the payment that was made. It has paid for nothing else: no order, no other claim. At Toss
    /// Payments it was asked for under the name (`orderId`) `{ordNo}-{anything}`.
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub pg_pay_key: Option<String>,
}

debug_only!(AdditionalPaymentRequest { pay_means_cd });

/// 클레임 접수
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimOrderAnswer {
    pub claim_no: ClaimNo,
    /// 30 where everything is done, 20 where it goes on after the answer, 10 where a return or an exchange waits for approval.
    pub claim_stat_cd: ClaimStatus,
    pub rfd_prar_amt: Won,
    pub add_pay_prar_amt: Won,
}
