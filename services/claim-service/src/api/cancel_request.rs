//! From a claim request on the wire to one the rules take; preview and execution read it alike.

use chrono::{DateTime, Utc};
use commerce::{ClaimReason, ClaimType, OrderNo};
use dto::claim::ClaimRequest;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::domain::cancel_request::{CancelRequest, RequestedLine};
use crate::domain::claim_reason::Asker;

const MOST_REASON_CHARACTERS: usize = 1_000;
const UNKNOWN_CODE: &str = "코드표에 없는 값입니다.";
const REQUIRED: &str = "필수 값입니다.";

/// Who asks: staff for the customer, or the customer.
pub(super) fn asker(caller: &Caller) -> Asker {
    if caller.is_staff() { Asker::Agent } else { Asker::Customer }
}

/// Every field that is wrong is named at once, whatever the order says.
pub(super) fn read(
    request: &ClaimRequest,
    caller: &Caller,
    at: DateTime<Utc>,
) -> Result<(OrderNo, CancelRequest), Error> {
    read_with(Form::new(), request, caller, at)
}

/// As [`read`], with the rows a form already holds.
pub(super) fn read_with(
    mut form: Form,
    request: &ClaimRequest,
    caller: &Caller,
    at: DateTime<Utc>,
) -> Result<(OrderNo, CancelRequest), Error> {
    let order_no = form.required("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let claim_type = match request.claim_business_type.as_deref() {
        None | Some("") => Some(ClaimType::Cancel),
        Some(text) => form
            .required("claimBusinessType", Some(text), |text| ClaimType::from_wire(text).ok_or(UNKNOWN_CODE)),
    };
    let reason = form.required("claimRsnCd", request.claim_rsn_cd.as_deref(), |text| {
        ClaimReason::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    if let Some(text) = request.claim_rsn_cntt.as_deref() {
        form.text("claimRsnCntt", Some(text), 0, MOST_REASON_CHARACTERS);
    }
    let mut lines = Vec::with_capacity(request.claim_goods_list.len());
    for (index, goods) in request.claim_goods_list.iter().enumerate() {
        if goods.ord_seq.is_none() {
            form.reject(format!("claimGoodsList[{index}].ordSeq"), REQUIRED);
        }
        if goods.claim_qty.is_none() {
            form.reject(format!("claimGoodsList[{index}].claimQty"), REQUIRED);
        }
        let (Some(line_seq), Some(quantity)) = (goods.ord_seq, goods.claim_qty) else { continue };
        lines.push(RequestedLine { line_seq, quantity });
    }
    let complete = order_no.zip(claim_type).zip(reason);
    let ((order_no, claim_type), reason) = form.complete(complete)?;
    Ok((order_no, CancelRequest::new(asker(caller), claim_type, reason, lines, at)?))
}
