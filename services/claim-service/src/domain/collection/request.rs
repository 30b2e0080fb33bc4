//! 반품·교환 요청의 심사: whether these units may be claimed now, by whom asks and for the reason given. Money is not judged here.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use commerce::claimable::reason::Asker;
use commerce::claimable::window::{ClaimDays, Window};
use commerce::claimable::{Question, UnitRefusal, judge_units};
use commerce::{Blame, ClaimReason, CollectionMethod, CouponIssueNo, GoodsNo, ItemNo};

use crate::domain::collection::CollectionKind;
use crate::domain::collection::pieces::{Pieces, Portion};
use crate::domain::history::ClaimHistory;
use crate::domain::order::{OrderLine, PaidOrder};
use crate::domain::request::{line_path, quantity_path};

/// 반품·교환 요청
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionRequest {
    pub kind: CollectionKind,
    pub asker: Asker,
    pub reason: ClaimReason,
    /// 귀책: the reason's, unless an agent says otherwise.
    pub blame: Blame,
    /// As it is asked for; goods that are never collected come back by no other.
    pub method: CollectionMethod,
    pub free_return_coupon: Option<CouponIssueNo>,
    pub asked_at: DateTime<Utc>,
    pub goods: Vec<WantedGoods>,
}

/// 요청상품
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedGoods {
    pub line_seq: i32,
    /// May be left unsaid where the line holds one item.
    pub item_no: Option<ItemNo>,
    pub quantity: i64,
    /// 교환단품
    pub exchanged_for: Option<ItemNo>,
}

/// What an order has to say to it beside its terms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderAtHand {
    /// By line.
    pub pieces: HashMap<i32, Pieces>,
    /// 배송완료일시, by line.
    pub delivered_at: HashMap<i32, DateTime<Utc>>,
    /// ST006: how long goods may be returned, and exchanged.
    pub return_days: u32,
    pub exchange_days: u32,
}

impl OrderAtHand {
    /// 기간 of units that hold one item; none while nothing has been delivered.
    pub fn window(&self, kind: CollectionKind, line_seq: i32, portion: &Portion) -> Option<Window> {
        let days = ClaimDays { returns: self.return_days, exchanges: self.exchange_days };
        portion.window(kind, self.delivered_at.get(&line_seq).copied(), days)
    }

    /// Of a line, by item number.
    pub fn portions(&self, line_seq: i32) -> impl Iterator<Item = (&ItemNo, &Portion)> {
        self.pieces.get(&line_seq).into_iter().flat_map(Pieces::portions)
    }
}

/// 접수 가능한 요청: what the claim will be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRequest {
    pub group_no: i32,
    pub vendor_no: String,
    pub method: CollectionMethod,
    /// In the request's order.
    pub goods: Vec<JudgedGoods>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedGoods {
    pub line_seq: i32,
    pub item_no: ItemNo,
    pub goods_no: GoodsNo,
    pub vendor_no: String,
    pub quantity: i64,
    pub exchanged_for: Option<ItemNo>,
}

/// Why a request is refused; in this order, each for all lines at once. Paths are JSON paths of the request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestRefusal {
    /// `ORDER_LINE_NOT_FOUND`
    #[error("the order has no line at {}", .0.join(", "))]
    LineNotFound(Vec<String>),
    /// `VALIDATION`
    #[error("no item is said, or one the line does not hold, or one twice, at {}", .0.join(", "))]
    Item(Vec<String>),
    /// `VALIDATION`
    #[error("the goods can't come back this way")]
    Method,
    /// `CLAIM_QTY_EXCEEDED`
    #[error("more is claimed than is free at {}", .0.join(", "))]
    QuantityExceeded(Vec<String>),
    /// `ORDER_NOT_RETURNABLE`
    #[error("the line can't be claimed at {}", .0.join(", "))]
    NotReturnable(Vec<String>),
    /// `CLAIM_GROUP_MIXED`
    #[error("lines of two delivery groups, at {}", .0.join(", "))]
    GroupMixed(Vec<String>),
    /// `CLAIM_PERIOD_EXPIRED`
    #[error("the period is over at {}", .0.join(", "))]
    PeriodExpired(Vec<String>),
    /// `COUPON_NOT_USABLE`: there is nothing it could pay for.
    #[error("the claim has no fee that a coupon pays")]
    NothingToPayFor,
}

pub fn judge(
    order: &PaidOrder,
    at_hand: &OrderAtHand,
    request: &CollectionRequest,
) -> Result<JudgedRequest, RequestRefusal> {
    let wanted = wanted(order, at_hand, request)?;
    let method = method(request, &wanted)?;
    let outcomes: Vec<Result<(), UnitRefusal>> =
        wanted.iter().map(|one| one.judge(at_hand, request)).collect();
    let refused = |why: UnitRefusal, path: fn(usize) -> String| {
        let refused = outcomes.iter().enumerate().filter(move |(_, outcome)| **outcome == Err(why));
        refused.map(|(index, _)| path(index)).collect::<Vec<_>>()
    };
    let refuse = |paths: Vec<String>, refusal: fn(Vec<String>) -> RequestRefusal| {
        if paths.is_empty() { Ok(()) } else { Err(refusal(paths)) }
    };
    refuse(refused(UnitRefusal::QuantityExceeded, quantity_path), RequestRefusal::QuantityExceeded)?;
    refuse(refused(UnitRefusal::NotReturnable, line_path), RequestRefusal::NotReturnable)?;
    let group_no = wanted.first().map_or(0, |one| one.line.group_no);
    let others = wanted.iter().enumerate().filter(|(_, one)| one.line.group_no != group_no);
    refuse(others.map(|(index, _)| line_path(index)).collect(), RequestRefusal::GroupMixed)?;
    refuse(refused(UnitRefusal::PeriodExpired, line_path), RequestRefusal::PeriodExpired)?;
    if request.free_return_coupon.is_some() && !has_fee_for_coupon(request.kind, request.blame, method) {
        return Err(RequestRefusal::NothingToPayFor);
    }
    let vendor_no = order
        .groups()
        .iter()
        .find(|group| group.group.number == group_no)
        .map_or_else(String::new, |group| group.group.vendor_no.clone());
    let goods = wanted.iter().map(Wanted::judged).collect();
    Ok(JudgedRequest { group_no, vendor_no, method, goods })
}

/// 무료반품쿠폰 pays what fetching the goods costs a customer whose fault it is.
pub const fn has_fee_for_coupon(kind: CollectionKind, blame: Blame, method: CollectionMethod) -> bool {
    matches!(kind, CollectionKind::Return)
        && matches!(blame, Blame::Customer)
        && matches!(method, CollectionMethod::Collected | CollectionMethod::SentPayOnArrival)
}

/// One row of the request with what it is about.
struct Wanted<'a> {
    line: &'a OrderLine,
    item_no: &'a ItemNo,
    portion: &'a Portion,
    quantity: i64,
    exchanged_for: Option<&'a ItemNo>,
}

impl Wanted<'_> {
    fn judge(&self, at_hand: &OrderAtHand, request: &CollectionRequest) -> Result<(), UnitRefusal> {
        let window = at_hand.window(request.kind, self.line.seq, self.portion);
        let question = Question { kind: request.kind, asker: request.asker, at: request.asked_at };
        // Which units are free the portion says.
        let facts = self.line.facts(&ClaimHistory::default());
        judge_units(&facts, (self.portion, window), self.quantity, question, request.blame)
    }

    fn judged(&self) -> JudgedGoods {
        JudgedGoods {
            line_seq: self.line.seq,
            item_no: self.item_no.clone(),
            goods_no: self.line.goods_no.clone(),
            vendor_no: self.line.vendor_no.clone(),
            quantity: self.quantity,
            exchanged_for: self.exchanged_for.cloned(),
        }
    }
}

fn wanted<'a>(
    order: &'a PaidOrder,
    at_hand: &'a OrderAtHand,
    request: &'a CollectionRequest,
) -> Result<Vec<Wanted<'a>>, RequestRefusal> {
    let rows = || request.goods.iter().enumerate();
    let unknown: Vec<String> = rows()
        .filter(|(_, goods)| order.line(goods.line_seq).is_none())
        .map(|(index, _)| line_path(index))
        .collect();
    if !unknown.is_empty() {
        return Err(RequestRefusal::LineNotFound(unknown));
    }
    let mut seen = HashSet::new();
    let (mut wanted, mut without_item) = (Vec::new(), Vec::new());
    let (mut exceeding, nothing) = (Vec::new(), &at_hand.pieces);
    for (index, goods) in rows() {
        let Some(line) = order.line(goods.line_seq) else { continue };
        let Some(pieces) = nothing.get(&line.seq).filter(|pieces| pieces.portions().next().is_some()) else {
            // Nothing of the line is left, whatever item is named.
            exceeding.push(quantity_path(index));
            continue;
        };
        let item_no = goods.item_no.as_ref().or_else(|| pieces.only_item());
        let portion = item_no.and_then(|item_no| Some((item_no, pieces.portion(item_no)?)));
        match portion {
            Some((item_no, portion)) if seen.insert((line.seq, item_no)) => wanted.push(Wanted {
                line,
                item_no,
                portion,
                quantity: goods.quantity,
                exchanged_for: goods.exchanged_for.as_ref(),
            }),
            _ => without_item.push(format!("claimGoodsList[{index}].itmNo")),
        }
    }
    if !without_item.is_empty() {
        return Err(RequestRefusal::Item(without_item));
    }
    if exceeding.is_empty() { Ok(wanted) } else { Err(RequestRefusal::QuantityExceeded(exceeding)) }
}

/// 회수방법: nothing is collected of goods that are not; else only an agent may do without. Who blames the vendor has the goods
/// fetched.
fn method(request: &CollectionRequest, wanted: &[Wanted<'_>]) -> Result<CollectionMethod, RequestRefusal> {
    if wanted.iter().all(|one| !one.line.is_collected) {
        return Ok(CollectionMethod::NotCollected);
    }
    let is_allowed = match (request.asker, request.blame) {
        (Asker::Agent, _) => true,
        (Asker::Customer, Blame::Customer) => request.method != CollectionMethod::NotCollected,
        (Asker::Customer, Blame::Vendor | Blame::Carrier) => request.method == CollectionMethod::Collected,
    };
    if is_allowed { Ok(request.method) } else { Err(RequestRefusal::Method) }
}
