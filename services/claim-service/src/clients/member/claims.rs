//! What claims do to their order. It decides once per claim number, and a repeat hears the first decision again.

use commerce::{ClaimNo, OrderNo, Won, Yn};
use contract::operations::member::{INTERNAL_ORDER_CLAIMS, INTERNAL_ORDER_OPTIONS};
use dto::internal::{Decided, OrderClaim, OrderClaimLine, OrderDecision, OrderOptionChange};
use platform::http_client::{Call, ClientError};
use serde::Serialize;

use crate::clients::member::{MemberService, of_order};
use crate::domain::imported::ImportedClaim;
use crate::domain::money::order_effect::LineEffect;
use crate::domain::option::StockMove;
use crate::domain::saga::claim::AcceptedClaim;

impl MemberService {
    /// 클레임 반영: whether the order confirms a claim of ours.
    pub async fn take_claim(
        &self,
        accepted: &AcceptedClaim,
        lines: Vec<LineEffect>,
    ) -> Result<bool, ClientError> {
        let claim = OrderClaim {
            claim_no: accepted.claim_no.clone(),
            claim_business_type: accepted.claim_type,
            rcv_yn: Yn::No,
            pay_wait_yn: accepted.cost.is_unpaid.into(),
            line_list: lines.into_iter().map(claimed_line).collect(),
        };
        self.decision(of_order(&INTERNAL_ORDER_CLAIMS, &accepted.order_no, &claim)).await
    }

    /// 수신클레임 반영: the order takes out the units of a claim another system has completed, wherever its lines stand.
    pub async fn take_imported_claim(&self, imported: &ImportedClaim) -> Result<bool, ClientError> {
        let lines = imported.lines.iter().map(|line| LineEffect {
            line_seq: line.line_seq,
            quantity: line.quantity,
            revoked_discount: Won::ZERO,
        });
        let claim = OrderClaim {
            claim_no: imported.number.clone(),
            claim_business_type: imported.claim_type,
            rcv_yn: Yn::Yes,
            pay_wait_yn: Yn::No,
            line_list: lines.map(claimed_line).collect(),
        };
        self.decision(of_order(&INTERNAL_ORDER_CLAIMS, &imported.order_no, &claim)).await
    }

    /// 옵션변경 반영: whether the order gives a line its other item.
    pub async fn change_option(
        &self,
        (order_no, line_seq): (&OrderNo, i32),
        claim_no: &ClaimNo,
        moved: &StockMove,
        item_name: &str,
    ) -> Result<bool, ClientError> {
        let change = OrderOptionChange {
            claim_no: claim_no.clone(),
            ord_seq: line_seq,
            from_itm_no: moved.given_back.clone(),
            itm_no: moved.taken.clone(),
            itm_nm: item_name.to_owned(),
        };
        self.decision(of_order(&INTERNAL_ORDER_OPTIONS, order_no, &change)).await
    }

    async fn decision<T: Serialize + Sync>(&self, call: Call<'_, T>) -> Result<bool, ClientError> {
        let answer: OrderDecision = self.0.call(call).await?.bare()?;
        Ok(match answer.decision {
            Decided::Confirmed => true,
            Decided::Rejected => false,
        })
    }
}

fn claimed_line(line: LineEffect) -> OrderClaimLine {
    OrderClaimLine { ord_seq: line.line_seq, claim_qty: line.quantity, rvk_dc_amt: line.revoked_discount }
}
