//! From a claim request on the wire to one the rules take; preview and execution read it alike.

use chrono::{DateTime, Utc};
use commerce::{ClaimReason, ClaimType, OrderNo};
use dto::claim::ClaimRequest;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::claim::asker::asker;
use crate::domain::request::{CancelRequest, RequestFault, RequestedLine, field_faults};

const MOST_REASON_CHARACTERS: usize = 1_000;
const UNKNOWN_CODE: &str = "코드표에 없는 값입니다.";

/// Every field that is wrong is named at once, whatever the order says. The form may hold rows already.
pub(in crate::api) fn read(
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
            form.missing(format!("claimGoodsList[{index}].ordSeq"));
        }
        if goods.claim_qty.is_none() {
            form.missing(format!("claimGoodsList[{index}].claimQty"));
        }
        let (Some(line_seq), Some(quantity)) = (goods.ord_seq, goods.claim_qty) else { continue };
        lines.push(RequestedLine { line_seq, quantity });
    }
    if let Some(claim_type) = claim_type.filter(|claim_type| *claim_type != ClaimType::Cancel)
        && !form.has_errors()
    {
        return Err(RequestFault::TypeNotSupported(claim_type).into());
    }
    let sent = request.claim_goods_list.iter().map(|goods| (goods.ord_seq, goods.claim_qty));
    for fault in field_faults(asker(caller), reason, sent) {
        form.reject(fault.path, fault.kind.hint_ko());
    }
    let complete = order_no.zip(claim_type).zip(reason);
    let ((order_no, claim_type), reason) = form.complete(complete)?;
    Ok((order_no, CancelRequest::new(asker(caller), claim_type, reason, lines, at)?))
}
