use std::collections::{BTreeMap, HashMap};

use commerce::{CouponIssueNo, PromotionNo, PromotionType, Won};
use serde::{Deserialize, Serialize};

use crate::domain::order::{DiscountTerms, LinePlace, OrderFacts, OrderFault};

/// 할인 식별자: a promotion and the coupon it was used with, over all the lines it stands on.
///
/// Ordered by both as strings, none before any.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DiscountId {
    pub promotion_no: PromotionNo,
    pub coupon_no: Option<CouponIssueNo>,
}

/// 할인: one discount with everything it takes off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    pub id: DiscountId,
    pub promotion_name: String,
    pub promotion_type: PromotionType,
    /// 최소구매금액, above 0 where there is one.
    pub minimum: Option<Won>,
    /// One share per line it covers, in the order's order; a share may be 0.
    pub shares: Vec<DiscountShare>,
}

/// What a discount takes off one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscountShare {
    pub place: LinePlace,
    pub amount: Won,
}

/// Every row of a promotion on a line or on the order, gathered by identity.
pub(super) fn gather(
    facts: &OrderFacts,
    places: &HashMap<i32, LinePlace>,
) -> Result<Vec<Discount>, OrderFault> {
    let mut gathered: BTreeMap<DiscountId, Gathered<'_>> = BTreeMap::new();
    for line in &facts.lines {
        for discount in &line.discounts {
            let place = places.get(&line.seq).copied();
            let shares = place.map(|place| (place, discount.amount));
            gathered
                .entry(discount.terms.id())
                .or_insert_with(|| Gathered::of(&discount.terms))
                .add(shares)?;
        }
    }
    for promotion in &facts.promotions {
        let shares = promotion
            .shares
            .iter()
            .filter_map(|share| Some((places.get(&share.line_seq).copied()?, share.amount)));
        gathered.entry(promotion.terms.id()).or_insert_with(|| Gathered::of(&promotion.terms)).add(shares)?;
    }
    Ok(gathered.into_iter().map(|(id, gathered)| gathered.into_discount(id)).collect())
}

struct Gathered<'a> {
    terms: &'a DiscountTerms,
    shares: BTreeMap<LinePlace, Won>,
}

impl<'a> Gathered<'a> {
    const fn of(terms: &'a DiscountTerms) -> Self {
        Self { terms, shares: BTreeMap::new() }
    }

    fn add(&mut self, shares: impl IntoIterator<Item = (LinePlace, Won)>) -> Result<(), OrderFault> {
        for (place, amount) in shares {
            let share = self.shares.entry(place).or_default();
            *share = share.checked_add(amount).ok_or(OrderFault::TooLarge)?;
        }
        Ok(())
    }

    fn into_discount(self, id: DiscountId) -> Discount {
        Discount {
            id,
            promotion_name: self.terms.promotion_name.clone(),
            promotion_type: self.terms.promotion_type,
            minimum: self.terms.minimum.filter(|minimum| minimum.is_positive()),
            shares: self.shares.into_iter().map(|(place, amount)| DiscountShare { place, amount }).collect(),
        }
    }
}

/// Per line, in the order of the lines: Σ of amount × vendor percent.
pub(super) fn vendor_weights(facts: &OrderFacts) -> Vec<i128> {
    let weight =
        |terms: &DiscountTerms, amount: Won| i128::from(amount.amount()) * i128::from(terms.vendor_percent);
    let mut shared: HashMap<i32, i128> = HashMap::new();
    for promotion in &facts.promotions {
        for share in &promotion.shares {
            *shared.entry(share.line_seq).or_default() += weight(&promotion.terms, share.amount);
        }
    }
    facts
        .lines
        .iter()
        .map(|line| {
            let own: i128 =
                line.discounts.iter().map(|discount| weight(&discount.terms, discount.amount)).sum();
            own + shared.get(&line.seq).copied().unwrap_or(0)
        })
        .collect()
}
