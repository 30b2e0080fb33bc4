//! 효과: what a claim does to the world, as data, and the one table that says everything about each kind of it.

use std::fmt;

use commerce::{ClaimNo, CouponIssueNo, GoodsNo, ItemNo, PayMeans, PaymentNo, SagaStep, Won};
use serde::{Deserialize, Serialize};

use crate::domain::money::Overflow;
use crate::domain::money::ledger::{Account, Unit};
use crate::domain::saga::Stage;
use crate::domain::saga::postings::Books;

/// 처리내용: one thing to bring about at one receiver. It is kept with its task: names are part of the kept form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// 주문반영: the order takes the units out, unless shipping was first.
    ConfirmOrder,
    /// 반품반영: the order takes out units that came back. The return holds them, so it has nothing to decide.
    TakeOutReturned,
    /// 추가결제 취소: what was paid for a claim that was then rejected goes back in full.
    ReturnAdditionalPayment { amount: Won },
    /// 환불 of one payment.
    Refund { payment_no: PaymentNo, means: PayMeans, amount: Won },
    /// 이체환불: what a payment that only goes back whole can't give back in part, paid to the customer's account.
    Transfer { payment_no: PaymentNo, means: PayMeans, amount: Won },
    /// 선결제 반환: what of the money paid in advance for a claim was not needed.
    ReturnAdvance { payment_no: PaymentNo, means: PayMeans, amount: Won },
    /// 선결제 잔액 반환: what has not gone back yet of a claim that has ended.
    ReturnRestOfAdvance { payment_no: PaymentNo, means: PayMeans, amount: Won },
    /// 무료반품쿠폰 반환: the claim held it and had no use for it.
    ReleaseCoupon { coupon_no: CouponIssueNo },
    /// 재고복원 of one item.
    ReturnStock { goods_no: GoodsNo, item_no: ItemNo, quantity: i64 },
    /// 쿠폰복원
    RestoreCoupon { coupon_no: CouponIssueNo },
    /// 적립회수; its rows stand in the stored cost.
    TakeBackAccrual { amount: Won },
    /// 마일리지복원 of one payment.
    RestoreMileage { payment_no: PaymentNo, amount: Won },
    /// 알림
    Notify,
}

/// Made of claim, step and target, so that it outlives every row and every process.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectKey(String);

impl EffectKey {
    /// A key that came back from where it was sent.
    pub fn kept(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The step it is a key of; none of a text that is no key.
    pub fn step(&self) -> Option<SagaStep> {
        SagaStep::from_code(self.0.split(':').nth(1)?)
    }
}

impl fmt::Display for EffectKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Whom an effect is asked of, with what it has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver<'a> {
    /// The order: it decides on the claim, or takes out what the claim holds already.
    Order {
        may_reject: bool,
    },
    /// 환불 대행: whoever gives money back.
    Provider(Returned<'a>, Won),
    /// Our own book, for who transfers the money.
    Transfer(&'a PaymentNo, PayMeans, Won),
    /// Our own stock, changed in the very transaction that notes it.
    Stock {
        goods_no: &'a GoodsNo,
        item_no: &'a ItemNo,
        quantity: i64,
    },
    Coupons(&'a CouponIssueNo),
    /// A coupon the claim itself holds.
    HeldCoupon(&'a CouponIssueNo),
    /// What was accumulated; its rows stand in the stored cost.
    Accumulation,
    Mileage(&'a PaymentNo, Won),
    Customer,
}

/// The payment that money goes back of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned<'a> {
    OfOrder(&'a PaymentNo, PayMeans),
    /// 선결제: what was paid in advance for the claim.
    InAdvance(&'a PaymentNo, PayMeans),
    /// 추가결제: what was paid for the claim.
    OfClaim,
}

/// What keeps a key apart from the others of its step; no number holds a colon or a slash.
enum Target<'a> {
    None,
    One(&'a str),
    Pair(&'a str, &'a str),
}

impl fmt::Display for Target<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::One(one) => write!(formatter, ":{one}"),
            Self::Pair(one, other) => write!(formatter, ":{one}/{other}"),
        }
    }
}

/// 효과표의 행: everything there is to know of one kind of effect.
struct Row<'a, 'b> {
    stage: Stage,
    /// The step it is shown under.
    step: SagaStep,
    target: Target<'a>,
    receiver: Receiver<'a>,
    /// Books what it moves, once it is carried out.
    post: &'b dyn Fn(&mut Books<'_>) -> Result<(), Overflow>,
}

impl Effect {
    /// 효과표: the table of effects. Who adds a kind of effect adds its row, and has nothing else to change.
    fn read<'a, T>(&'a self, read: impl FnOnce(Row<'a, '_>) -> T) -> T {
        match self {
            Self::ConfirmOrder => read(Row {
                stage: Stage::Confirming,
                step: SagaStep::Order,
                target: Target::None,
                receiver: Receiver::Order { may_reject: true },
                post: &|books| books.give_up(),
            }),
            Self::TakeOutReturned => read(Row {
                stage: Stage::Confirming,
                step: SagaStep::Order,
                target: Target::None,
                receiver: Receiver::Order { may_reject: false },
                post: &|books| books.give_up(),
            }),
            Self::ReturnAdditionalPayment { amount } => read(Row {
                stage: Stage::Compensating,
                step: SagaStep::Refund,
                // A slash keeps it apart from every payment number.
                target: Target::Pair("", "additional"),
                receiver: Receiver::Provider(Returned::OfClaim, *amount),
                post: &|books| books.refund(Account::OwedToCustomer, books.claim_no.clone().into(), *amount),
            }),
            Self::Refund { payment_no, means, amount } => read(Row {
                stage: Stage::Refunding,
                step: SagaStep::Refund,
                target: Target::One(payment_no.as_str()),
                receiver: Receiver::Provider(Returned::OfOrder(payment_no, *means), *amount),
                post: &|books| books.refund(Account::OwedToCustomer, payment_no.clone(), *amount),
            }),
            Self::Transfer { payment_no, means, amount } => read(Row {
                stage: Stage::Refunding,
                step: SagaStep::Refund,
                target: Target::One(payment_no.as_str()),
                receiver: Receiver::Transfer(payment_no, *means, *amount),
                post: &|books| books.refund(Account::OwedToCustomer, payment_no.clone(), *amount),
            }),
            Self::ReturnAdvance { payment_no, means, amount } => read(Row {
                stage: Stage::Refunding,
                step: SagaStep::Refund,
                target: Target::Pair(payment_no.as_str(), "advance"),
                receiver: Receiver::Provider(Returned::InAdvance(payment_no, *means), *amount),
                post: &|books| books.refund(Account::HeldForClaim, payment_no.clone(), *amount),
            }),
            Self::ReturnRestOfAdvance { payment_no, means, amount } => read(Row {
                stage: Stage::Refunding,
                step: SagaStep::Refund,
                target: Target::Pair(payment_no.as_str(), "rest"),
                receiver: Receiver::Provider(Returned::InAdvance(payment_no, *means), *amount),
                post: &|books| books.refund(Account::HeldForClaim, payment_no.clone(), *amount),
            }),
            Self::ReleaseCoupon { coupon_no } => read(Row {
                stage: Stage::Restoring,
                step: SagaStep::Coupon,
                target: Target::Pair(coupon_no.as_str(), "held"),
                receiver: Receiver::HeldCoupon(coupon_no),
                post: &|books| books.give_coupon_back(coupon_no),
            }),
            Self::ReturnStock { goods_no, item_no, quantity } => read(Row {
                stage: Stage::Restoring,
                step: SagaStep::Stock,
                target: Target::Pair(goods_no.as_str(), item_no.as_str()),
                receiver: Receiver::Stock { goods_no, item_no, quantity: *quantity },
                post: &|books| {
                    let piece = Unit::Piece(goods_no.clone(), item_no.clone());
                    books.transfer(Account::StockSold, Account::StockOnHand, &piece, *quantity)
                },
            }),
            Self::RestoreCoupon { coupon_no } => read(Row {
                stage: Stage::Restoring,
                step: SagaStep::Coupon,
                target: Target::One(coupon_no.as_str()),
                receiver: Receiver::Coupons(coupon_no),
                post: &|books| books.give_coupon_back(coupon_no),
            }),
            Self::TakeBackAccrual { amount } => read(Row {
                stage: Stage::Restoring,
                step: SagaStep::Accrual,
                target: Target::None,
                receiver: Receiver::Accumulation,
                post: &|books| {
                    let (from, to) = (Account::MemberPoints, Account::PointsEarned);
                    books.transfer(from, to, &Unit::Point, amount.amount())
                },
            }),
            Self::RestoreMileage { payment_no, amount } => read(Row {
                stage: Stage::Restoring,
                step: SagaStep::Mileage,
                target: Target::One(payment_no.as_str()),
                receiver: Receiver::Mileage(payment_no, *amount),
                post: &|books| {
                    books.refund(books.debt(), payment_no.clone(), *amount)?;
                    let (from, to) = (Account::PointsUsed, Account::MemberPoints);
                    books.transfer(from, to, &Unit::Point, amount.amount())
                },
            }),
            Self::Notify => read(Row {
                stage: Stage::Notifying,
                step: SagaStep::Notification,
                target: Target::None,
                receiver: Receiver::Customer,
                post: &|_| Ok(()),
            }),
        }
    }

    pub fn stage(&self) -> Stage {
        self.read(|row| row.stage)
    }

    /// The step it is shown under.
    pub fn saga_step(&self) -> SagaStep {
        self.read(|row| row.step)
    }

    pub fn receiver(&self) -> Receiver<'_> {
        self.read(|row| row.receiver)
    }

    /// Whether its receiver's word decides on the whole claim.
    pub fn is_decisive(&self) -> bool {
        self.stage() == Stage::Confirming
    }

    /// Whether a no of its receiver ends the claim. To anything else it is a matter for a person.
    pub fn may_be_rejected(&self) -> bool {
        matches!(self.receiver(), Receiver::Order { may_reject: true })
    }

    /// Whether it is brought about in the very transaction that notes it.
    pub fn is_our_own(&self) -> bool {
        matches!(self.receiver(), Receiver::Stock { .. })
    }

    /// `{claim}:{step}:{target}`
    pub fn key(&self, claim_no: &ClaimNo) -> EffectKey {
        self.read(|row| EffectKey(format!("{claim_no}:{}{}", row.step, row.target)))
    }

    pub(super) fn post(&self, books: &mut Books<'_>) -> Result<(), Overflow> {
        self.read(|row| (row.post)(books))
    }
}
