//! What an operator and a customer see of the execution.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use commerce::{
    CouponIssueNo, GoodsNo, ItemNo, PayMeans, PaymentNo, RefundStatus, SagaStep, SagaStepStatus, Won,
};

use crate::domain::money::ledger::{Account, Posting, Unit};
use crate::domain::saga::effect::Returned;
use crate::domain::saga::{ClaimSaga, Decision, Outcome, Receiver, Task, TaskState};

/// 처리단계 (`stepList`): the tasks of one step together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepView {
    pub step: SagaStep,
    pub status: SagaStepStatus,
    /// The most tries any of its tasks has taken without a result.
    pub tries: u32,
    /// When one of them last changed.
    pub changed_at: Option<DateTime<Utc>>,
}

/// 쿠폰복원여부
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponView {
    pub coupon_no: CouponIssueNo,
    pub is_restored: bool,
    /// `rsn` of one that is not restored for good.
    pub reason: Option<&'static str>,
}

/// 재고복원
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockView {
    pub goods_no: GoodsNo,
    pub item_no: ItemNo,
    pub quantity: i64,
}

/// 재입고: what was booked onto the stock, each item once.
pub fn restocked(postings: &[Posting]) -> Vec<StockView> {
    let mut pieces: BTreeMap<(&GoodsNo, &ItemNo), i64> = BTreeMap::new();
    for posting in postings.iter().filter(|one| one.account == Account::StockOnHand && one.amount > 0) {
        let Unit::Piece(goods_no, item_no) = &posting.unit else { continue };
        let of_item = pieces.entry((goods_no, item_no)).or_default();
        *of_item = of_item.saturating_add(posting.amount);
    }
    let views = pieces.into_iter().map(|((goods_no, item_no), quantity)| StockView {
        goods_no: goods_no.clone(),
        item_no: item_no.clone(),
        quantity,
    });
    views.collect()
}

impl ClaimSaga {
    /// The tasks that the order's decision leaves to be done.
    pub fn tasks_to_do(&self) -> impl Iterator<Item = &Task> {
        self.tasks().iter().filter(|task| task.effect.stage().belongs_to(self.decision()))
    }

    /// Steps with something to do, in the order they are taken.
    pub fn steps(&self) -> Vec<StepView> {
        let steps = SagaStep::ALL.iter().copied();
        steps.filter_map(|step| self.step_view(step)).collect()
    }

    fn step_view(&self, step: SagaStep) -> Option<StepView> {
        let tasks = || self.tasks_to_do().filter(move |task| task.effect.saga_step() == step);
        tasks().next()?;
        let status = if tasks().any(Task::needs_attention) {
            SagaStepStatus::NeedsAttention
        } else if tasks().all(Task::is_done) {
            SagaStepStatus::Done
        } else {
            SagaStepStatus::Waiting
        };
        Some(StepView {
            step,
            status,
            tries: tasks().map(|task| task.tries).max().unwrap_or(0),
            changed_at: tasks().filter_map(|task| task.changed_at).max(),
        })
    }

    /// Whether an operator should look at it.
    pub fn needs_attention(&self) -> bool {
        self.tasks_to_do().any(Task::needs_attention)
    }

    /// 추가결제 취소: how much of what was paid for a rejected claim goes back, and how far that has come.
    pub fn returned_payment(&self) -> Option<(Won, RefundStatus, Option<DateTime<Utc>>)> {
        self.tasks_to_do().find_map(|task| {
            let Receiver::Provider(Returned::OfClaim, amount) = task.effect.receiver() else { return None };
            Some((amount, refund_status_of(task), task.changed_at))
        })
    }

    /// 선결제 반환: what goes back of the money paid in advance, and how far each has come.
    pub fn returned_advances(
        &self,
    ) -> impl Iterator<Item = (&PaymentNo, PayMeans, Won, RefundStatus, Option<DateTime<Utc>>)> {
        self.tasks().iter().filter_map(|task| {
            let Receiver::Provider(Returned::InAdvance(payment_no, means), amount) = task.effect.receiver()
            else {
                return None;
            };
            Some((payment_no, means, amount, refund_status_of(task), task.changed_at))
        })
    }

    /// 환불상태 of one payment, and when it last changed; mileage comes back in a step of its own.
    pub fn refund_status(&self, payment_no: &PaymentNo) -> Option<(RefundStatus, Option<DateTime<Utc>>)> {
        let is_of = |task: &&Task| {
            matches!(
                task.effect.receiver(),
                Receiver::Provider(Returned::OfOrder(of, _), _)
                | Receiver::Transfer(of, ..)
                | Receiver::Mileage(of, _) if of == payment_no
            )
        };
        let task = self.tasks().iter().find(is_of)?;
        Some((refund_status_of(task), task.changed_at))
    }

    /// 복원쿠폰 with what has become of each, one that the claim itself held among them.
    pub fn coupons(&self) -> Vec<CouponView> {
        let of_task = |task: &Task| {
            let (Receiver::Coupons(coupon_no) | Receiver::HeldCoupon(coupon_no)) = task.effect.receiver()
            else {
                return None;
            };
            Some(CouponView {
                coupon_no: coupon_no.clone(),
                is_restored: task.state == TaskState::Done(Outcome::Done),
                reason: match task.state {
                    TaskState::Done(Outcome::CouponExpired) => Some("EXPIRED"),
                    TaskState::Done(Outcome::CouponUnknown) => Some("UNKNOWN"),
                    TaskState::Done(Outcome::CouponUsedElsewhere) => Some("USED_ELSEWHERE"),
                    TaskState::Done(Outcome::Done) | TaskState::Waiting => None,
                },
            })
        };
        self.tasks().iter().filter_map(of_task).collect()
    }

    /// 복원재고; nothing of a claim that was rejected.
    pub fn stock(&self) -> Vec<StockView> {
        if self.decision() == Decision::Rejected {
            return Vec::new();
        }
        let of_task = |task: &Task| {
            let Receiver::Stock { goods_no, item_no, quantity } = task.effect.receiver() else { return None };
            Some(StockView { goods_no: goods_no.clone(), item_no: item_no.clone(), quantity })
        };
        self.tasks().iter().filter_map(of_task).collect()
    }
}

const fn refund_status_of(task: &Task) -> RefundStatus {
    match task.state {
        TaskState::Done(_) => RefundStatus::Done,
        TaskState::Waiting if task.needs_attention() => RefundStatus::NeedsAttention,
        TaskState::Waiting => RefundStatus::Requested,
    }
}
