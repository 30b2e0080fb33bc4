use commerce::{ClaimNo, ClaimStatus, Won};
use serde::{Deserialize, Serialize};

use crate::nullable::null_as_empty;

/// 클레임 요청: what is to be claimed. Everything may be missing here, so that all of it is reported at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRequest {
    pub ord_no: Option<String>,
    /// 10 where it is missing.
    pub claim_business_type: Option<String>,
    pub claim_rsn_cd: Option<String>,
    pub claim_rsn_cntt: Option<String>,
    #[serde(default, deserialize_with = "null_as_empty")]
    pub claim_goods_list: Vec<ClaimGoodsRequest>,
}

/// 클레임 요청 상품
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClaimGoodsRequest {
    pub ord_seq: Option<i32>,
    pub claim_qty: Option<i64>,
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
    #[serde(default, deserialize_with = "null_as_empty")]
    pub claim_goods_list: Vec<ClaimGoodsRequest>,
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
            claim_goods_list: self.claim_goods_list.clone(),
        }
    }
}

/// 환불계좌 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RefundAccountRequest {
    pub bank_cd: Option<String>,
    pub acct_no: Option<String>,
    /// 예금주명
    pub dpstr_nm: Option<String>,
}

debug_only!(RefundAccountRequest { bank_cd });

/// 추가결제 요청
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdditionalPaymentRequest {
    pub pay_means_cd: Option<String>,
    /// The provider's own name for the payment that was made.
    pub pg_pay_key: Option<String>,
}

debug_only!(AdditionalPaymentRequest { pay_means_cd });

/// 주문취소 접수
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CancelOrderAnswer {
    pub claim_no: ClaimNo,
    /// 30 where everything is done, 20 where it goes on after the answer.
    pub claim_stat_cd: ClaimStatus,
    pub rfd_prar_amt: Won,
    pub add_pay_prar_amt: Won,
}
