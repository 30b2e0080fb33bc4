//! POST `/v1/claim/claimMgmt/saveInspectRslt`

use actix_web::web;
use commerce::{Blame, ClaimReason, ItemNo, RejectReason, Yn};
use dto::claim::{InspectedGiftRequest, InspectedGoodsRequest, InspectionAnswer, InspectionRequest};
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::claim::cost;
use crate::api::claim::means::paid_with_of;
use crate::api::collection::fields::{self, MOST_TEXT, UNKNOWN_CODE};
use crate::domain::collection::Rejection;
use crate::domain::collection::inspection::{InspectedRow, Inspection};
use crate::state::AppState;
use crate::usecase::collection::inspect::{InspectOrder, InspectedCost, inspect};

const NOT_BELOW_ZERO: &str = "0개 이상이어야 합니다.";

/// 검수결과 저장
pub async fn save_inspect_rslt(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<InspectionRequest>,
) -> Result<Answer, Error> {
    let deadline = state.answer_deadline();
    let (sent, form) = request.open();
    let found = inspect(&state, &caller, read(form, &sent, once)?, deadline).await?;
    let cost = match found.cost {
        InspectedCost::Expected(quote) => Some(cost::wire_of(*quote, Some(found.claim_no.clone()))),
        InspectedCost::Final(quote) => Some(cost::wire_final(*quote, found.claim_no.clone())),
        InspectedCost::None => None,
    };
    let answer = InspectionAnswer { claim_no: found.claim_no, claim_stat_cd: found.status, cost };
    Ok(Answer::envelope(state.clock.now(), answer)?)
}

/// Every field that is wrong is named at once, whatever the claim says.
fn read(mut form: Form, sent: &InspectionRequest, once: Once) -> Result<InspectOrder, Error> {
    let claim = fields::claim(&mut form, sent.ord_no.as_deref(), sent.claim_no.as_deref());
    let blame = form.optional("imptDivCd", sent.impt_div_cd.as_deref(), |text| {
        Blame::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let reason = form.optional("claimRsnCd", sent.claim_rsn_cd.as_deref(), |text| {
        ClaimReason::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    if sent.inspt_list.is_empty() {
        form.missing("insptList");
    }
    let goods = sent.inspt_list.iter().enumerate();
    let goods = goods.filter_map(|(index, row)| goods_row(&mut form, index, row)).collect();
    let gifts = sent.gift_list.iter().enumerate();
    let gifts = gifts.filter_map(|(index, row)| gift_row(&mut form, index, row)).collect();
    let waived = fields::waived(&mut form, sent.wv_amt);
    let paid_with = sent.add_pay.as_ref().and_then(|paid| paid_with_of(&mut form, paid));
    let (order_no, claim_no) = form.complete(claim)?;
    let inspection = Inspection { goods, gifts, reason, blame };
    Ok(InspectOrder { order_no, claim_no, inspection, waived, paid_with, once })
}

fn goods_row(form: &mut Form, index: usize, sent: &InspectedGoodsRequest) -> Option<InspectedRow> {
    let at = |field: &str| format!("insptList[{index}].{field}");
    if sent.ord_seq.is_none() {
        form.missing(at("ordSeq"));
    }
    let item_no = form.optional(&at("itmNo"), sent.itm_no.as_deref(), ItemNo::parse);
    for (field, count) in [("acptQty", sent.acpt_qty), ("rjtQty", sent.rjt_qty)] {
        if count.is_none() {
            form.missing(at(field));
        }
    }
    for (field, count) in
        [("acptQty", sent.acpt_qty), ("rjtQty", sent.rjt_qty), ("resellQty", sent.resell_qty)]
    {
        if count.is_some_and(|count| count < 0) {
            form.reject(at(field), NOT_BELOW_ZERO);
        }
    }
    if sent.resell_qty.zip(sent.acpt_qty).is_some_and(|(resellable, accepted)| resellable > accepted) {
        form.reject(at("resellQty"), "인정수량 이하여야 합니다.");
    }
    let parse = |text: &str| RejectReason::from_wire(text).ok_or(UNKNOWN_CODE);
    let is_refused = sent.rjt_qty.is_some_and(|count| count > 0);
    let reason = if is_refused {
        form.required(&at("rjtRsnCd"), sent.rjt_rsn_cd.as_deref(), parse)
    } else {
        form.optional(&at("rjtRsnCd"), sent.rjt_rsn_cd.as_deref(), parse)
    };
    let text = sent.rjt_rsn_cntt.as_deref().filter(|text| !text.is_empty());
    if text.is_some() {
        form.text(&at("rjtRsnCntt"), text, 0, MOST_TEXT);
    }
    Some(InspectedRow {
        line_seq: sent.ord_seq?,
        item_no,
        accepted: sent.acpt_qty?,
        refused: sent.rjt_qty?,
        resellable: sent.resell_qty,
        refusal: reason.map(|reason| Rejection { reason, text: text.map(str::to_owned) }),
    })
}

fn gift_row(form: &mut Form, index: usize, sent: &InspectedGiftRequest) -> Option<(String, bool)> {
    let event_no = sent.ae_no.clone().filter(|no| !no.is_empty());
    if event_no.is_none() {
        form.missing(format!("giftList[{index}].aeNo"));
    }
    if sent.rcv_yn.is_none() {
        form.missing(format!("giftList[{index}].rcvYn"));
    }
    Some((event_no?, sent.rcv_yn? == Yn::Yes))
}
