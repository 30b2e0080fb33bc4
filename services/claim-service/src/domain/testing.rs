//! What the tests of the rules share: small orders by hand, and generated ones.

pub(super) mod generator;
pub(super) mod play;
pub(super) mod random;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone as _, Utc};
use commerce::claimable::reason::Asker;
use commerce::{
    Blame, ClaimNo, ClaimReason, ClaimType, CollectionMethod, GiftEventType, LineStatus, MileageReason,
    PayMeans, PromotionType, Won,
};

use crate::domain::history::{AdditionalPayment, ClaimHistory};
use crate::domain::money::terms::{ReturnTerms, ReturnedGoods, next_payment_no};
use crate::domain::money::{CancelRefusal, ClaimCost, ReturnRefusal, quote, quote_return};
use crate::domain::order::{
    AccrualRow, DeliveryCoupon, DeliveryGroup, DiscountTerms, Gift, LineDiscount, LineShare, OrderFacts,
    OrderLine, OrderPromotion, PaidOrder, Payment,
};
use crate::domain::policy::Policy;
use crate::domain::request::{CancelRequest, RequestedLine};

pub(super) const CUSTOMER: ClaimReason = ClaimReason::ChangeOfMind;
pub(super) const VENDOR: ClaimReason = ClaimReason::OutOfStock;

pub(super) fn parsed<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().expect("well-formed")
}

pub(super) fn amount_of(won: Won) -> i64 {
    won.amount()
}

/// An instant of August 2026, by day and Korean hour.
pub(super) fn august(day: u32, hour: u32) -> DateTime<Utc> {
    commerce::calendar::KST.with_ymd_and_hms(2026, 8, day, hour, 0, 0).unwrap().to_utc()
}

pub(super) fn claim_no(serial: u32) -> ClaimNo {
    ClaimNo::of_day(august(1, 12).date_naive(), serial).expect("six digits")
}

pub(super) fn line(seq: i32, group_no: i32, quantity: i64, unit_price: i64) -> OrderLine {
    OrderLine {
        seq,
        goods_no: parsed(&format!("1000255{seq}")),
        item_no: parsed("001"),
        goods_name: format!("린넨 셔츠 {seq}"),
        item_name: "화이트/M".to_owned(),
        vendor_no: "E0001".to_owned(),
        group_no,
        quantity,
        unit_price: Won::new(unit_price),
        status: LineStatus::OrderComplete,
        is_cancelable: true,
        is_reserved: false,
        is_returnable: true,
        is_exchangeable: true,
        is_collected: true,
        is_e_coupon: false,
        discounts: Vec::new(),
    }
}

pub(super) fn terms(
    promotion_no: &str,
    coupon_no: Option<&str>,
    promotion_type: PromotionType,
    minimum: Option<i64>,
    vendor_percent: i32,
) -> DiscountTerms {
    DiscountTerms {
        promotion_no: parsed(promotion_no),
        promotion_name: format!("행사 {promotion_no}"),
        promotion_type,
        coupon_no: coupon_no.map(parsed),
        minimum: minimum.map(Won::new),
        vendor_percent,
    }
}

pub(super) fn line_discount(
    promotion_no: &str,
    coupon_no: Option<&str>,
    minimum: Option<i64>,
    amount: i64,
    vendor_percent: i32,
) -> LineDiscount {
    let terms = terms(promotion_no, coupon_no, PromotionType::GoodsCoupon, minimum, vendor_percent);
    LineDiscount { terms, amount: Won::new(amount) }
}

pub(super) fn order_promotion(
    promotion_no: &str,
    coupon_no: Option<&str>,
    minimum: Option<i64>,
    shares: &[(i32, i64)],
) -> OrderPromotion {
    OrderPromotion {
        terms: terms(promotion_no, coupon_no, PromotionType::CartCoupon, minimum, 0),
        amount: Won::new(shares.iter().map(|(_, amount)| amount).sum()),
        shares: shares
            .iter()
            .map(|(line_seq, amount)| LineShare { line_seq: *line_seq, amount: Won::new(*amount) })
            .collect(),
    }
}

pub(super) fn group(number: i32, base_fee: i64, free_from: Option<i64>, fee_charged: i64) -> DeliveryGroup {
    DeliveryGroup {
        number,
        vendor_no: "E0001".to_owned(),
        base_fee: Won::new(base_fee),
        free_from: free_from.map(Won::new),
        fee_charged: Won::new(fee_charged),
        coupon: None,
        return_fee: Won::new(base_fee),
        exchange_fee: Won::new(2 * base_fee),
        first_fee: Won::ZERO,
    }
}

pub(super) fn delivery_coupon(coupon_no: &str, amount: i64) -> DeliveryCoupon {
    DeliveryCoupon {
        promotion_no: parsed("P14"),
        promotion_name: "무료배송".to_owned(),
        promotion_type: PromotionType::FreeDeliveryCoupon,
        coupon_no: Some(parsed(coupon_no)),
        amount: Won::new(amount),
    }
}

pub(super) fn payment(number: &str, means: PayMeans, amount: i64) -> Payment {
    Payment { number: parsed(number), means, amount: Won::new(amount), is_partly_refundable: true }
}

pub(super) fn gift_by_amount(event_no: &str, minimum: Option<i64>) -> Gift {
    Gift {
        event_type: GiftEventType::PurchaseAmount,
        event_no: event_no.to_owned(),
        goods_no: "90000001".to_owned(),
        item_no: "001".to_owned(),
        goods_name: "텀블러".to_owned(),
        minimum: minimum.map(Won::new),
        line_seq: None,
        quantity: 1,
        value: Won::ZERO,
    }
}

pub(super) fn gift_by_goods(event_no: &str, line_seq: i32) -> Gift {
    Gift { event_type: GiftEventType::Goods, line_seq: Some(line_seq), ..gift_by_amount(event_no, None) }
}

pub(super) fn accrual(reason: MileageReason, line_seq: i32, amount: i64) -> AccrualRow {
    AccrualRow { reason, promotion_no: parsed("P21"), line_seq, amount: Won::new(amount) }
}

/// One line of three at 20,000, delivered free whatever is left, paid by card; then edited.
pub(super) fn facts(edit: impl FnOnce(&mut OrderFacts)) -> OrderFacts {
    let mut facts = OrderFacts {
        number: parsed("20260801O000001"),
        ordered_at: august(1, 10),
        lines: vec![line(1, 1, 3, 20_000)],
        promotions: Vec::new(),
        groups: vec![group(1, 3_000, None, 0)],
        payments: Vec::new(),
        gifts: Vec::new(),
        accruals: Vec::new(),
    };
    edit(&mut facts);
    if facts.payments.is_empty() {
        let due = amount_due(&facts);
        facts.payments = vec![payment("PAY1", PayMeans::Card, due)];
    }
    facts
}

pub(super) fn order(edit: impl FnOnce(&mut OrderFacts)) -> PaidOrder {
    PaidOrder::new(facts(edit)).expect("a sound order")
}

/// What an order has to bring, by the sums of intake.
pub(super) fn amount_due(facts: &OrderFacts) -> i64 {
    let goods: i64 = facts.lines.iter().map(|line| line.unit_price.amount() * line.quantity).sum();
    let of_lines: i64 =
        facts.lines.iter().flat_map(|line| &line.discounts).map(|discount| discount.amount.amount()).sum();
    let of_order: i64 = facts.promotions.iter().map(|promotion| promotion.amount.amount()).sum();
    let fees: i64 = facts.groups.iter().map(|group| group.fee_charged.amount()).sum();
    let coupons: i64 =
        facts.groups.iter().filter_map(|group| group.coupon.as_ref()).map(|one| one.amount.amount()).sum();
    goods - of_lines - of_order + fees - coupons
}

/// The order of the contract, section 2: 3 × 20,000; goods coupon 10 % = 6,000 from 30,000; cart coupon 5,000
/// from 50,000; delivery 3,000, free from 50,000; paid 46,000 by card and 3,000 in mileage.
pub(super) fn contract_order() -> PaidOrder {
    order(contract_facts)
}

pub(super) fn contract_facts(facts: &mut OrderFacts) {
    facts.lines[0].discounts = vec![line_discount("P11", Some("CI0001"), Some(30_000), 6_000, 0)];
    facts.promotions = vec![order_promotion("P12", Some("CI0002"), Some(50_000), &[(1, 5_000)])];
    facts.groups = vec![group(1, 3_000, Some(50_000), 0)];
    facts.gifts = vec![gift_by_amount("AE1", Some(50_000))];
    facts.payments = vec![payment("PAY1", PayMeans::Card, 46_000), payment("PAY2", PayMeans::Mileage, 3_000)];
}

pub(super) fn request_at(reason: ClaimReason, lines: &[(i32, i64)], at: DateTime<Utc>) -> CancelRequest {
    let lines =
        lines.iter().map(|(line_seq, quantity)| RequestedLine { line_seq: *line_seq, quantity: *quantity });
    CancelRequest::new(Asker::Agent, ClaimType::Cancel, reason, lines.collect(), at).expect("well-formed")
}

pub(super) fn request(reason: ClaimReason, lines: &[(i32, i64)]) -> CancelRequest {
    request_at(reason, lines, august(2, 10))
}

/// Units of lines coming back, of the items the lines hold; collected by the shop, and nothing else.
pub(super) fn return_terms(order: &PaidOrder, blame: Blame, lines: &[(i32, i64)]) -> ReturnTerms {
    let goods = lines.iter().map(|(line_seq, quantity)| ReturnedGoods {
        line_seq: *line_seq,
        item_no: order.line(*line_seq).expect("a line of the order").item_no.clone(),
        quantity: *quantity,
    });
    ReturnTerms {
        blame,
        method: CollectionMethod::Collected,
        at: august(10, 10),
        goods: goods.collect(),
        free_return_coupon: None,
        gifts_kept: BTreeSet::new(),
        waived: Won::ZERO,
        paid_in_advance: Vec::new(),
    }
}

/// An order, and the claims made of it so far.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub(super) order: PaidOrder,
    pub(super) history: ClaimHistory,
    pub(super) policy: Policy,
    claims: u32,
}

impl Story {
    pub(super) fn of(order: PaidOrder) -> Self {
        Self { order, history: ClaimHistory::default(), policy: Policy::CONTRACT, claims: 0 }
    }

    pub(super) fn quote(
        &self,
        reason: ClaimReason,
        lines: &[(i32, i64)],
    ) -> Result<ClaimCost, CancelRefusal> {
        quote(&self.order, &self.history, &request(reason, lines), &self.policy)
    }

    /// Quotes and executes; an additional payment is made by card.
    pub(super) fn cancel(
        &mut self,
        reason: ClaimReason,
        lines: &[(i32, i64)],
    ) -> Result<ClaimCost, CancelRefusal> {
        let cost = self.quote(reason, lines)?;
        self.execute(&cost);
        Ok(cost)
    }

    pub(super) fn execute(&mut self, cost: &ClaimCost) {
        self.history.record(&self.next_claim_no(), cost, Some(PayMeans::Card));
        self.claims += 1;
    }

    pub(super) fn terms(&self, blame: Blame, lines: &[(i32, i64)]) -> ReturnTerms {
        return_terms(&self.order, blame, lines)
    }

    pub(super) fn quote_return(&self, terms: &ReturnTerms) -> Result<ClaimCost, ReturnRefusal> {
        quote_return(&self.order, &self.history, terms, &self.policy)
    }

    /// Quotes a return and settles it; what is still due is paid by card.
    pub(super) fn settle(&mut self, terms: &ReturnTerms) -> ClaimCost {
        let cost = self.quote_return(terms).expect("nothing stands in the way");
        let claim_no = self.next_claim_no();
        self.claims += 1;
        let mut payments = terms.paid_in_advance.clone();
        let still_due = cost.sent_back.as_ref().expect("a return").still_due;
        if still_due.is_positive() {
            let payment_no = next_payment_no(&claim_no, &payments).expect("a short number");
            payments.push(AdditionalPayment { payment_no, means: PayMeans::Card, amount: still_due });
        }
        self.history.record_return(&cost, &payments);
        cost
    }

    pub(super) fn next_claim_no(&self) -> ClaimNo {
        claim_no(self.claims + 1)
    }

    pub(super) fn left_of(&self, seq: i32) -> i64 {
        self.order.line(seq).expect("a line of the order").quantity - self.history.claimed(seq)
    }

    /// Every unit left, as a request.
    pub(super) fn everything_left(&self) -> Vec<(i32, i64)> {
        let lines = self.order.lines().iter().map(|line| (line.seq, self.left_of(line.seq)));
        lines.filter(|(_, left)| *left > 0).collect()
    }
}

/// Refund less additional payment.
pub(super) fn net_of(cost: &ClaimCost) -> i64 {
    cost.refund.amount() - cost.additional_payment.amount()
}

/// Refunds as text, `PAY1 10000`.
pub(super) fn refunds_of(cost: &ClaimCost) -> Vec<String> {
    cost.refunds.iter().map(|refund| format!("{} {}", refund.payment_no, refund.amount)).collect()
}

pub(super) fn coupons_of(cost: &ClaimCost) -> Vec<&str> {
    cost.restored_coupons.iter().map(|coupon| coupon.coupon_no.as_str()).collect()
}

/// Additional costs as text, `40 3334 by 10`.
pub(super) fn costs_of(cost: &ClaimCost) -> Vec<String> {
    cost.additional_costs.iter().map(|row| format!("{} {} by {}", row.kind, row.amount, row.bearer)).collect()
}
