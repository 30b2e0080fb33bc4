//! 반품·교환 심사: judge, reckon, refuse or put everything down.

use commerce::{ClaimStatus, ReturnProgress};
use db::DbConnection;
use service_kit::error::Error;

use crate::domain::collection::effects::stock_postings;
use crate::domain::collection::request::{JudgedRequest, judge};
use crate::domain::collection::{
    AdvancePayment, CollectedGoods, CollectionClaim, CollectionKind, Standing, Times,
};
use crate::domain::money::acceptance::{self, AcceptanceRefusal, Consent};
use crate::domain::money::ledger::held_payment_postings;
use crate::domain::money::terms::FreeReturnCoupon;
use crate::domain::saga::Decision;
use crate::refusals;
use crate::store;
use crate::store::collection::address::AddressUse;
use crate::usecase::acceptance::additional_payment::required;
use crate::usecase::acceptance::quote::Quote;
use crate::usecase::acceptance::{Case, Verdict};
use crate::usecase::collection::accept::{Agreed, Question, Requesting, coupon_not_usable, usable_coupon};
use crate::usecase::collection::item;
use crate::usecase::collection::notice::{Notice, notify};
use crate::usecase::collection::quote::{at_hand, quote_request};
use crate::usecase::collection::seal::{keep_account, keep_address};
use crate::usecase::messages::{self, Asked};
use crate::usecase::personal::archive_accounts::put_apart;
use crate::usecase::policies;

pub(super) fn decide(
    conn: &mut DbConnection,
    requesting: &Requesting,
    case: &Case<'_>,
) -> Result<Verdict<Requesting>, Error> {
    let (wanted, order) = (&*requesting.order, &case.pinned.order);
    let request = &wanted.request;
    let policies = policies::book(conn)?;
    let policy = policies.in_force_at(order.ordered_at());
    let judged = judge(order, &at_hand(order, case.claims, case.delivered_at, case.days), request)?;
    let coupon = match (&request.free_return_coupon, &case.copy.member_no, &requesting.coupon) {
        (None, ..) => None,
        (Some(_), None, _) => return Err(coupon_not_usable()),
        (Some(coupon_no), Some(member_no), None) => {
            return Ok(Verdict::Ask(Question::Coupon(member_no.clone(), coupon_no.clone())));
        }
        (Some(_), Some(_), Some(seen)) => Some(usable_coupon(seen.as_ref())?),
    };
    let names = match request.kind {
        CollectionKind::Return => Vec::new(),
        CollectionKind::Exchange => item::judge_items(conn, order, &judged.goods)?,
    };
    let history = &case.claims.history;
    let quote = quote_request((order, history, policy), request, &judged, coupon.clone())?;
    let consent = Consent {
        cost_hash: wanted.cost_hash.clone(),
        expected_refund: wanted.expected_refund,
        additional_payment: wanted.paid_with.as_ref().map(|paid| paid.means),
        has_refund_account: wanted.refund_account.is_some(),
    };
    if acceptance::check_shown(&quote.cost, &quote.hash, &consent) == Err(AcceptanceRefusal::AmountChanged) {
        return Ok(Verdict::Instead(Box::new(quote)));
    }
    acceptance::check_additional_payment(&quote.cost, &consent).map_err(refusals::not_accepted)?;
    let asked = quote.cost.additional_payment;
    if let Some(paid_with) = wanted.paid_with.as_ref().filter(|_| asked.is_positive()) {
        let order = (&*case.pinned, &wanted.order_no);
        if let Some(question) = requesting.payment.judge(conn, order, paid_with, asked)? {
            return Ok(Verdict::Ask(Question::Payment(question)));
        }
    }
    acceptance::check_refund_account(&quote.cost, &consent).map_err(refusals::not_accepted)?;
    let claim = claim_of(requesting, case, (judged, names), (quote, coupon), policy.version);
    put_down(conn, requesting, case, claim)
}

fn claim_of(
    requesting: &Requesting,
    case: &Case<'_>,
    (judged, names): (JudgedRequest, Vec<String>),
    (quote, coupon): (Quote, Option<FreeReturnCoupon>),
    policy_version: i32,
) -> CollectionClaim {
    let (wanted, request) = (&*requesting.order, &requesting.order.request);
    let mut names = names.into_iter();
    let mut goods: Vec<CollectedGoods> = judged
        .goods
        .into_iter()
        .map(|goods| {
            let name = names.next().unwrap_or_default();
            CollectedGoods {
                line_seq: goods.line_seq,
                item_no: goods.item_no,
                goods_no: goods.goods_no,
                vendor_no: goods.vendor_no,
                exchanged_for: goods.exchanged_for.map(|item_no| (item_no, name)),
                quantity: goods.quantity,
                inspected: None,
            }
        })
        .collect();
    goods.sort_by(|one, other| (one.line_seq, &one.item_no).cmp(&(other.line_seq, &other.item_no)));
    let mut claim = CollectionClaim {
        claim_no: case.claim_no.clone(),
        order_no: case.copy.number.clone(),
        site_no: case.copy.site_no.clone(),
        member_no: case.copy.member_no.clone(),
        kind: request.kind,
        reason: request.reason,
        reason_text: wanted.reason_text.clone(),
        requested_at: request.asked_at,
        policy_version,
        group_no: judged.group_no,
        vendor_no: judged.vendor_no,
        blame: request.blame,
        requested_blame: request.blame,
        method: judged.method,
        requested_method: judged.method,
        requested_cost: quote.cost,
        requested_hash: quote.hash,
        converted_from: None,
        has_moved_stock: false,
        standing: Standing {
            progress: ReturnProgress::Requested,
            end_reason: None,
            status: ClaimStatus::Requested,
            // Whoever keeps the coupon has to say whether it is this claim's.
            decision: coupon.as_ref().map(|_| Decision::Undecided),
            final_at: None,
            completed_at: None,
        },
        free_return_coupon: coupon,
        goods,
        is_inspected: false,
        gifts_kept: std::collections::BTreeSet::new(),
        way_back: None,
        way_out: None,
        hold_cause: None,
        rejection: None,
        times: Times::default(),
        refund_due: None,
    };
    if claim.free_return_coupon.is_none() && requesting.returns.auto_approve {
        claim.instruct(&requesting.returns.holidays(), case.now);
    }
    claim
}

/// Claim, goods, addresses, account, what was paid, what was taken off the stock, and who is to be told.
fn put_down(
    conn: &mut DbConnection,
    requesting: &Requesting,
    case: &Case<'_>,
    claim: CollectionClaim,
) -> Result<Verdict<Requesting>, Error> {
    let (wanted, claim_no) = (&*requesting.order, case.claim_no);
    if !store::collection::insert(conn, &claim, (case.actor, wanted.once.identity()))? {
        return Ok(Verdict::NumberTaken);
    }
    for ((goods_no, item_no), quantity) in item::take_items(conn, &claim)? {
        let postings = stock_postings(claim_no, (&goods_no, &item_no), -quantity)?;
        store::ledger::append(conn, claim_no, &postings, case.now)?;
    }
    let secrets = &requesting.secrets;
    keep_address(conn, secrets, &claim, AddressUse::Collection, wanted.collected_from.as_ref())?;
    keep_address(conn, secrets, &claim, AddressUse::Exchange, wanted.delivered_to.as_ref())?;
    if let Some(account) = &wanted.refund_account {
        let sealed = keep_account(conn, secrets, &claim, account)?;
        if case.has_left {
            put_apart(conn, (claim_no, &claim.order_no), &sealed, requesting.archive_years, case.now)?;
        }
    }
    pay(conn, requesting, case, &claim)?;
    if claim.is_undecided() {
        messages::ask_once(conn, case.now, Asked::ReturnCoupon, claim_no)?;
    } else {
        notify(conn, case.now, &claim, Notice::Received)?;
        if claim.standing.progress == ReturnProgress::Collected {
            notify(conn, case.now, &claim, Notice::Collected)?;
        }
    }
    let agreed = Agreed {
        refund: claim.requested_cost.refund,
        additional_payment: claim.requested_cost.additional_payment,
        has_coupon: claim.free_return_coupon.is_some(),
    };
    Ok(Verdict::Accepted(agreed, None))
}

/// 선결제: it is held for the claim, and known to the keeper of all payments.
fn pay(
    conn: &mut DbConnection,
    requesting: &Requesting,
    case: &Case<'_>,
    claim: &CollectionClaim,
) -> Result<(), Error> {
    let amount = claim.requested_cost.additional_payment;
    let Some(paid) = requesting.order.paid_with.as_ref().filter(|_| amount.is_positive()) else {
        return Ok(());
    };
    let payment = AdvancePayment {
        payment_no: case.claim_no.clone().into(),
        means: paid.means,
        amount,
        provider_key: paid.provider_key.clone(),
    };
    if !store::collection::payment::insert(conn, case.claim_no, &payment)? {
        return Err(required(amount));
    }
    store::ledger::append(conn, case.claim_no, &held_payment_postings(case.claim_no, amount)?, case.now)?;
    Ok(messages::ask_once(conn, case.now, Asked::AdditionalPayment, case.claim_no)?)
}
