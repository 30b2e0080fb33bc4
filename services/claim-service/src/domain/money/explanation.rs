//! 계산내역: the lines the amount is made of.
//!
//! An amount exists only as the result of its line: the rules hand in a calculation with its inputs, the line
//! computes, and the sum of the lines is the refund. So an explanation can't drift from what is paid.

use commerce::{Won, carried_by};
use serde::{Deserialize, Serialize};

use crate::domain::money::claim_cost::is_false;
use crate::domain::money::{Overflow, known};

/// One line of the explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalcLine {
    seq: i32,
    calculation: Calculation,
    amount: Won,
}

impl CalcLine {
    pub const fn seq(&self) -> i32 {
        self.seq
    }

    /// Signed: above 0 it raises the refund.
    pub const fn amount(&self) -> Won {
        self.amount
    }

    pub const fn calculation(&self) -> &Calculation {
        &self.calculation
    }
}

/// A rule with everything it was applied to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Calculation {
    /// Rule 1, goods.
    Goods {
        line_title: String,
        unit_price: Won,
        quantity: i64,
        #[serde(default, skip_serializing_if = "is_false")]
        is_returned: bool,
    },
    /// Rule 1, the discounts that go with the units.
    Discount {
        line_title: String,
        discount: Won,
        ordered: i64,
        left_before: i64,
        left_after: i64,
        #[serde(default, skip_serializing_if = "is_false")]
        is_returned: bool,
    },
    /// Rule 2, a discount taken back from the units left of one line.
    DiscountTakenBack {
        promotion_name: String,
        line_title: String,
        minimum: Won,
        value_left: Won,
        discount_with: Won,
        discount_without: Won,
        left_after: i64,
        ordered: i64,
    },
    /// Rule 3, a fee the customer has to pay now.
    DeliveryFeeDue { group_no: i32, base_fee: Won, left: Won, free_from: Won },
    /// Rule 3, a fee that goes back.
    DeliveryFeeBack {
        group_no: i32,
        charged: Won,
        coupon: Won,
        #[serde(default, skip_serializing_if = "is_false")]
        is_returned: bool,
    },
    /// Rule 6.
    NotPaidYet { total: Won },
    /// Rule 8, no more goes back than was paid.
    RefundLimit { net: Won, most: Won },
    /// Rule 10, the way out of a group that was free without a condition and of which nothing is kept.
    FirstDeliveryFee { group_no: i32, fee: Won },
    /// Rule 11, the way back.
    ReturnFee { group_no: i32, fee: Won },
    /// Rule 14, both ways, less the way back where nothing is collected.
    ExchangeFee { group_no: i32, both_ways: Won, way_back: Won },
    /// Rule 13, a gift that was to be sent back and is not there.
    GiftNotReturned { gift_name: String, value: Won, quantity: i64 },
    /// Rule 16, what an agent waives.
    Waived { amount: Won },
}

impl Calculation {
    /// The rule's identifier, stable for callers.
    pub const fn rule_id(&self) -> &'static str {
        match self {
            Self::Goods { .. } => "GOODS",
            Self::Discount { .. } => "DISCOUNT",
            Self::DiscountTakenBack { .. } => "DISCOUNT_TAKEN_BACK",
            Self::DeliveryFeeDue { .. } | Self::FirstDeliveryFee { .. } => "DELIVERY_FEE",
            Self::DeliveryFeeBack { .. } => "DELIVERY_FEE_BACK",
            Self::NotPaidYet { .. } => "NOT_PAID_YET",
            Self::RefundLimit { .. } => "REFUND_LIMIT",
            Self::ReturnFee { .. } => "RTN_FEE",
            Self::ExchangeFee { .. } => "EXCH_FEE",
            Self::GiftNotReturned { .. } => "GIFT_NOT_RETURNED",
            Self::Waived { .. } => "WAIVED",
        }
    }

    /// The signed amount that follows from the inputs, and from nothing else.
    pub fn amount(&self) -> Option<Won> {
        match self {
            Self::Goods { unit_price, quantity, .. } => unit_price.checked_mul(*quantity),
            Self::Discount { discount, ordered, left_before, left_after, .. } => carried_by(
                *discount,
                *left_after,
                *ordered,
            )?
            .checked_sub(carried_by(*discount, *left_before, *ordered)?),
            Self::DiscountTakenBack { discount_with, discount_without, left_after, ordered, .. } => {
                carried_by(*discount_without, *left_after, *ordered)?.checked_sub(carried_by(
                    *discount_with,
                    *left_after,
                    *ordered,
                )?)
            }
            Self::DeliveryFeeDue { base_fee, .. } => base_fee.checked_neg(),
            Self::DeliveryFeeBack { charged, coupon, .. } => charged.checked_sub(*coupon),
            Self::NotPaidYet { total } => total.checked_neg(),
            Self::RefundLimit { net, most } => most.checked_sub(*net),
            Self::FirstDeliveryFee { fee, .. } | Self::ReturnFee { fee, .. } => fee.checked_neg(),
            Self::ExchangeFee { both_ways, way_back, .. } => way_back.checked_sub(*both_ways),
            Self::GiftNotReturned { value, quantity, .. } => value.checked_mul(*quantity)?.checked_neg(),
            Self::Waived { amount } => Some(*amount),
        }
    }

    /// What the line is about.
    pub fn title(&self) -> String {
        match self {
            Self::Goods { line_title, .. } => format!("상품금액: {line_title}"),
            Self::Discount { line_title, .. } => format!("할인 차감: {line_title}"),
            Self::DiscountTakenBack { promotion_name, .. } => format!("할인 회수: {promotion_name}"),
            Self::DeliveryFeeDue { group_no, .. } | Self::FirstDeliveryFee { group_no, .. } => {
                format!("배송비 추가: 배송 {group_no}")
            }
            Self::DeliveryFeeBack { group_no, .. } => format!("배송비 환불: 배송 {group_no}"),
            Self::NotPaidYet { .. } => "입금 전 주문".to_owned(),
            Self::RefundLimit { .. } => "환불 한도 초과분 제외".to_owned(),
            Self::ReturnFee { group_no, .. } => format!("반품배송비: 배송 {group_no}"),
            Self::ExchangeFee { group_no, .. } => format!("교환배송비: 배송 {group_no}"),
            Self::GiftNotReturned { gift_name, .. } => format!("사은품 미반납: {gift_name}"),
            Self::Waived { .. } => "감면".to_owned(),
        }
    }

    /// How the amount comes about, in words a customer understands.
    pub fn formula(&self) -> String {
        let carried = |discount: &Won, left: i64, ordered: i64| {
            carried_by(*discount, left, ordered).map_or_else(String::new, won_text)
        };
        match self {
            Self::Goods { unit_price, quantity, is_returned, .. } => {
                let claim = claim_word(*is_returned);
                format!("판매가 {} × {claim} 수량 {quantity}개", won_text(*unit_price))
            }
            Self::Discount { discount, ordered, left_before, left_after, is_returned, .. } => {
                let claim = claim_word(*is_returned);
                format!(
                    "주문 {ordered}개의 할인 {} 중 {claim} 전 {left_before}개 몫 {} − {claim} 후 {left_after}개 몫 \
                     {}을 차감 (몫 = 할인 × 수량 ÷ 주문 수량, 원 미만 올림)",
                    won_text(*discount),
                    carried(discount, *left_before, *ordered),
                    carried(discount, *left_after, *ordered),
                )
            }
            Self::DiscountTakenBack {
                line_title,
                minimum,
                value_left,
                discount_with,
                discount_without,
                left_after,
                ordered,
                ..
            } => format!(
                "남은 구매금액 {} < 최소구매금액 {}; {line_title} 남은 {left_after}개(주문 {ordered}개)의 할인 {} \
                 (전체 {} 기준) − 회수 후 할인 {} (전체 {} 기준)을 차감 \
                 (할인 = 전체 할인 × 남은 수량 ÷ 주문 수량, 원 미만 올림)",
                won_text(*value_left),
                won_text(*minimum),
                carried(discount_with, *left_after, *ordered),
                won_text(*discount_with),
                carried(discount_without, *left_after, *ordered),
                won_text(*discount_without),
            ),
            Self::DeliveryFeeDue { base_fee, left, free_from, .. } => format!(
                "남은 주문금액 {} < 무료배송 기준 {}이므로 기본 배송비 {}을 차감",
                won_text(*left),
                won_text(*free_from),
                won_text(*base_fee),
            ),
            Self::DeliveryFeeBack { charged, coupon, is_returned, .. } => format!(
                "배송 상품 전체 {}: 부담하신 배송비 {} − 배송비 쿠폰 {}",
                claim_word(*is_returned),
                won_text(*charged),
                won_text(*coupon),
            ),
            Self::NotPaidYet { total } => {
                format!("아직 결제되지 않은 금액 {}은 환불 대상이 아니므로 차감", won_text(*total))
            }
            Self::RefundLimit { net, most } => {
                format!("환불 가능한 결제금액 {} − 계산 금액 {}", won_text(*most), won_text(*net))
            }
            Self::FirstDeliveryFee { fee, .. } => {
                format!(
                    "조건 없이 무료로 배송된 상품이 모두 반품되므로 최초 배송비 {}을 차감",
                    won_text(*fee)
                )
            }
            Self::ReturnFee { fee, .. } => format!("회수 배송비 {}을 차감", won_text(*fee)),
            Self::ExchangeFee { both_ways, way_back, .. } if way_back.is_zero() => {
                format!("회수와 재배송의 왕복 배송비 {}을 차감", won_text(*both_ways))
            }
            Self::ExchangeFee { both_ways, way_back, .. } => format!(
                "왕복 배송비 {} − 회수하지 않는 편도 배송비 {}을 차감",
                won_text(*both_ways),
                won_text(*way_back),
            ),
            Self::GiftNotReturned { value, quantity, .. } => {
                format!("돌려보내지 않은 사은품 {} × {quantity}개를 차감", won_text(*value))
            }
            Self::Waived { amount } => format!("받지 않기로 한 금액 {}", won_text(*amount)),
        }
    }
}

const fn claim_word(is_returned: bool) -> &'static str {
    if is_returned { "반품" } else { "취소" }
}

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Explanation {
    lines: Vec<CalcLine>,
}

impl Explanation {
    pub(super) fn add(&mut self, calculation: Calculation) -> Result<Won, Overflow> {
        let amount = known(calculation.amount())?;
        self.push(calculation, amount)?;
        Ok(amount)
    }

    /// A line that moves nothing explains nothing.
    pub(super) fn add_unless_zero(&mut self, calculation: Calculation) -> Result<Won, Overflow> {
        let amount = known(calculation.amount())?;
        if !amount.is_zero() {
            self.push(calculation, amount)?;
        }
        Ok(amount)
    }

    fn push(&mut self, calculation: Calculation, amount: Won) -> Result<(), Overflow> {
        let seq =
            i32::try_from(self.lines.len()).ok().and_then(|count| count.checked_add(1)).ok_or(Overflow)?;
        self.lines.push(CalcLine { seq, calculation, amount });
        Ok(())
    }

    pub(super) fn total(&self) -> Result<Won, Overflow> {
        known(Won::sum(self.lines.iter().map(CalcLine::amount)))
    }

    pub(super) fn into_lines(self) -> Vec<CalcLine> {
        self.lines
    }
}

/// `12,345원`
pub(super) fn won_text(amount: Won) -> String {
    let digits = amount.amount().unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 2 + 4);
    if amount.is_negative() {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push('원');
    text
}
