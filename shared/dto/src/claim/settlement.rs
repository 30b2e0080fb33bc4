use std::fmt;

use commerce::{ClaimStatus, Won, Yn};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{AdditionalPaymentRequest, RefundAccountRequest};

/// 환불승인 요청 of one return.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementRequest {
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub ord_no: Option<String>,
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub claim_no: Option<String>,
    /// 22 반품완료
    #[cfg_attr(feature = "openapi", schemars(required))]
    pub claim_business_type: Option<String>,
    pub system_type: Option<String>,
    /// Of what was shown; a cost that has changed since is refused.
    pub cost_hash: Option<String>,
    /// 금액변동확인여부: Y where somebody has confirmed that it is less than the customer was shown.
    pub amt_chg_cfrm_yn: Option<Yn>,
    /// 감면금액
    pub wv_amt: Option<Won>,
    /// 추가결제 of what is still due.
    pub add_pay: Option<AdditionalPaymentRequest>,
    pub rfd_acct: Option<RefundAccountRequest>,
}

debug_only!(SettlementRequest { ord_no, claim_no });

/// 환불승인 요청: one, or several that are each decided on their own.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SettlementRequests {
    One(Box<SettlementRequest>),
    Several(Vec<SettlementRequest>),
}

debug_only!(SettlementRequests {});

/// By what it is, so that a field that can't be read is named: serde's own way to tell them apart only says that it is neither.
impl<'de> Deserialize<'de> for SettlementRequests {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrSeveral)
    }
}

struct OneOrSeveral;

impl<'de> Visitor<'de> for OneOrSeveral {
    type Value = SettlementRequests;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a settlement, or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        SettlementRequest::deserialize(MapAccessDeserializer::new(map))
            .map(|one| SettlementRequests::One(Box::new(one)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, rows: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(rows)).map(SettlementRequests::Several)
    }
}

/// 환불승인 응답
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettlementAnswer {
    pub list: Vec<SettledReturn>,
}

/// 환불승인 결과
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SettledReturn {
    /// As it was sent.
    pub claim_no: Option<String>,
    /// Null of a row that was refused.
    pub claim_stat_cd: Option<ClaimStatus>,
    pub rfd_amt: Option<Won>,
    /// `0000`, or why the row was refused.
    pub code: String,
}
