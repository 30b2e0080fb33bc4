//! From a request to send goods back on the wire to one the rules take; preview and execution read it alike.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use commerce::claimable::reason::may_give;
use commerce::{Blame, ClaimReason, ClaimType, CollectionMethod, CouponIssueNo, ItemNo, OrderNo};
use dto::claim::{ClaimGoodsRequest, ClaimRequest};
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::api::claim::asker::asker;
use crate::api::collection::fields::{self, MOST_TEXT, UNKNOWN_CODE};
use crate::domain::collection::CollectionKind;
use crate::domain::collection::request::{CollectionRequest, WantedGoods};
use crate::domain::request::{FieldFaultKind, RequestFault, line_path, quantity_path};
use crate::secrets::ClaimAddress;

const NOTHING_REQUESTED: &str = "신청할 상품을 선택해 주세요.";
const NO_QUANTITY: &str = "신청 수량은 1개 이상이어야 합니다.";

/// Every field that is wrong is named at once, whatever the order says. The form may hold rows already.
pub(in crate::api) fn read(
    mut form: Form,
    sent: &ClaimRequest,
    kind: CollectionKind,
    caller: &Caller,
    at: DateTime<Utc>,
) -> Result<(OrderNo, CollectionRequest, Option<ClaimAddress>), Error> {
    let order_no = form.required("ordNo", sent.ord_no.as_deref(), OrderNo::parse);
    let claim_type = match sent.claim_business_type.as_deref() {
        None | Some("") => Some(kind.claim_type()),
        Some(text) => form
            .required("claimBusinessType", Some(text), |text| ClaimType::from_wire(text).ok_or(UNKNOWN_CODE)),
    };
    let reason = form.required("claimRsnCd", sent.claim_rsn_cd.as_deref(), |text| {
        ClaimReason::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    if let Some(text) = sent.claim_rsn_cntt.as_deref() {
        form.text("claimRsnCntt", Some(text), 0, MOST_TEXT);
    }
    let goods = read_goods(&mut form, kind, &sent.claim_goods_list);
    let method = form.optional("wthdMthdCd", sent.wthd_mthd_cd.as_deref(), |text| {
        CollectionMethod::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    let method = method.unwrap_or(CollectionMethod::Collected);
    let fetched = sent.wthd_dlvp.as_ref().filter(|_| method == CollectionMethod::Collected);
    let collected_from = fields::address(&mut form, "wthdDlvp", fetched);
    let free_return_coupon =
        form.optional("rtnCpnIsuNo", sent.rtn_cpn_isu_no.as_deref(), CouponIssueNo::parse);
    let blame = form.optional("imptDivCd", sent.impt_div_cd.as_deref(), |text| {
        Blame::from_wire(text).ok_or(UNKNOWN_CODE)
    });
    fields::for_agents(&mut form, caller, "imptDivCd", blame.is_some());
    if let Some(claim_type) = claim_type.filter(|claim_type| *claim_type != kind.claim_type())
        && !form.has_errors()
    {
        return Err(RequestFault::TypeNotSupported(claim_type).into());
    }
    let asker = asker(caller);
    if reason.is_some_and(|reason| !may_give(asker, kind.claim_kind(), reason)) {
        form.reject("claimRsnCd", FieldFaultKind::ReasonForAgents.hint_ko());
    }
    let (order_no, reason) = form.complete(order_no.zip(reason))?;
    let request = CollectionRequest {
        kind,
        asker,
        reason,
        blame: blame.unwrap_or(reason.blame()),
        method,
        free_return_coupon,
        asked_at: at,
        goods,
    };
    Ok((order_no, request, collected_from))
}

fn read_goods(form: &mut Form, kind: CollectionKind, sent: &[ClaimGoodsRequest]) -> Vec<WantedGoods> {
    if sent.is_empty() {
        form.reject("claimGoodsList", NOTHING_REQUESTED);
    }
    let mut seen = HashSet::new();
    let mut wanted = Vec::with_capacity(sent.len());
    for (index, goods) in sent.iter().enumerate() {
        if goods.ord_seq.is_none() {
            form.missing(line_path(index));
        }
        match goods.claim_qty {
            None => form.missing(quantity_path(index)),
            Some(quantity) if quantity < 1 => {
                form.reject(quantity_path(index), NO_QUANTITY);
            }
            Some(_) => {}
        }
        let item = format!("claimGoodsList[{index}].itmNo");
        let item_no = form.optional(&item, goods.itm_no.as_deref(), ItemNo::parse);
        if goods.ord_seq.is_some_and(|seq| !seen.insert((seq, item_no.clone()))) {
            form.reject(line_path(index), FieldFaultKind::LineRepeated.hint_ko());
        }
        let exchanged_for = match kind {
            CollectionKind::Return => None,
            CollectionKind::Exchange => form.required(
                &format!("claimGoodsList[{index}].exchItmNo"),
                goods.exch_itm_no.as_deref(),
                ItemNo::parse,
            ),
        };
        if let (Some(line_seq), Some(quantity)) = (goods.ord_seq, goods.claim_qty) {
            wanted.push(WantedGoods { line_seq, item_no, quantity, exchanged_for });
        }
    }
    wanted
}
