//! 진행 중인 클레임: a return in each state and an exchange, of orders that were delivered a moment ago. They are asked for and moved
//! by the operations customers and agents have.

use serde_json::{Value, json};

use super::known;
use super::people::Buyer;

/// Who carries out a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// The order's own member.
    Customer,
    Agent,
}

/// 클레임 한 건: how it is asked for, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimUnderWay {
    pub ord_no: String,
    pub mbr_no: String,
    /// Path and body of the request.
    pub request: (&'static str, Value),
    pub steps: &'static [Step],
}

/// 단계: what is done with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// 접수승인; where nobody has to approve, it has happened already.
    Approve,
    /// 회수상태 변경
    Collect(&'static str, &'static str),
    /// 검수: accepted and refused units of the first line.
    Inspect(i64, i64),
    /// 환불승인
    Settle,
    /// 고객 철회
    Withdraw,
}

/// The reason and what becomes of the claim of each of [`known::claimed_orders`]; the last is an exchange.
const WAYS: [(&str, &[Step]); known::CLAIMED] = {
    use Step::{Approve, Collect, Inspect, Settle, Withdraw};
    const BACK: Step = Collect("33", "36");
    [
        ("251", &[]),
        ("252", &[Approve]),
        ("272", &[Approve, Collect("33", "34")]),
        ("251", &[Approve, BACK]),
        ("275", &[Approve, BACK, Collect("36", "38")]),
        ("252", &[Approve, BACK, Inspect(1, 0), Settle]),
        ("251", &[Approve, BACK, Inspect(0, 1)]),
        ("252", &[Withdraw]),
        ("252", &[Approve, BACK, Inspect(1, 0)]),
    ]
};

/// Whose orders they are: not the member's whom documents name.
pub(super) fn buyers(members: &[Buyer]) -> &[Buyer] {
    members.get(10..).unwrap_or_default()
}

pub(super) fn claims(members: &[Buyer]) -> Vec<ClaimUnderWay> {
    let last = WAYS.len() - 1;
    let of_buyer = |(place, ((reason, steps), buyer)): (usize, ((&str, &'static [Step]), &Buyer))| {
        let ord_no = known::claimed_order_no(place);
        let (path, mut body) =
            if place == last { exchange(&ord_no, reason) } else { return_of(&ord_no, reason) };
        if known::is_paid_by_phone(place) {
            let account = json!({"bankCd": "004", "acctNo": "12345678901234", "dpstrNm": buyer.name});
            put(&mut body, "rfdAcct", account);
        }
        let mbr_no = buyer.mbr_no.clone().unwrap_or_default();
        ClaimUnderWay { ord_no, mbr_no, request: (path, body), steps }
    };
    WAYS.into_iter().zip(buyers(members)).enumerate().map(of_buyer).collect()
}

/// One shirt.
fn return_of(ord_no: &str, reason: &str) -> (&'static str, Value) {
    let goods = json!([{"ordSeq": 1, "claimQty": 1}]);
    let body = json!({"ordNo": ord_no, "claimRsnCd": reason, "claimGoodsList": goods});
    ("/v1/claim/return/returnFO", body)
}

/// One shirt for a larger one, the two ways paid in advance.
fn exchange(ord_no: &str, reason: &str) -> (&'static str, Value) {
    let goods = json!([{"ordSeq": 1, "claimQty": 1, "exchItmNo": "002"}]);
    let paid = json!({"payMeansCd": "10", "pgPayKey": format!("tk_demo_{ord_no}_exchange")});
    let body = json!({"ordNo": ord_no, "claimRsnCd": reason, "claimGoodsList": goods, "addPay": paid});
    ("/v1/claim/exchange/exchangeFO", body)
}

impl Step {
    pub fn hand(self) -> Hand {
        if self == Self::Withdraw { Hand::Customer } else { Hand::Agent }
    }

    /// Path and body of the step, of that claim.
    pub fn call(self, ord_no: &str, claim_no: &str) -> (&'static str, Value) {
        let named = json!({"ordNo": ord_no, "claimNo": claim_no});
        match self {
            Self::Approve => ("/v1/claim/claimMgmt/approveClaim", named),
            Self::Withdraw => ("/v1/claim/return/withdrawalReturnFO", named),
            Self::Collect(from, to) => {
                let mut row = json!({"ordNo": ord_no, "claimNo": claim_no});
                match to {
                    "38" => put(&mut row, "wthdFnshWaitProcCaus", json!("구성품 확인 중")),
                    _ => {
                        put(&mut row, "hdcCd", json!("CJ"));
                        put(&mut row, "invNo", json!(ord_no));
                    }
                }
                let body = json!({
                    "ordDtlStatCd": from, "updateTargetOrdDtlStatCd": to, "withdrawStatUpdateSaveInfoList": [row],
                });
                ("/v1/delivery/withdrawProcess/saveWithdrawStatUpdateProcess", body)
            }
            Self::Inspect(accepted, refused) => {
                let mut row = json!({"ordSeq": 1, "acptQty": accepted, "rjtQty": refused});
                if refused > 0 {
                    put(&mut row, "rjtRsnCd", json!("02"));
                    put(&mut row, "rjtRsnCntt", json!("세탁한 흔적이 있습니다"));
                }
                let mut body = named;
                put(&mut body, "insptList", json!([row]));
                ("/v1/claim/claimMgmt/saveInspectRslt", body)
            }
            Self::Settle => {
                let mut body = named;
                put(&mut body, "claimBusinessType", json!("22"));
                put(&mut body, "systemType", json!("BO"));
                ("/v1/payment/saveRefundBundleApproMgmt", body)
            }
        }
    }
}

fn put(body: &mut Value, name: &str, value: Value) {
    if let Some(fields) = body.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}
