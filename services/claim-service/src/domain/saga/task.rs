//! 처리과제: the effects of a claim, and how far each has come.

use chrono::{DateTime, Utc};
use commerce::SagaStepStatus;

use crate::domain::saga::Effect;

/// Tries after which an operator should look at a task.
pub const ATTENTION_AFTER: u32 = 5;

/// What a task that was carried out came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    Done,
    /// The coupon is past its last day, so it was not given back.
    CouponExpired,
    /// The promotion side does not know the coupon.
    CouponUnknown,
    /// The coupon was used for another order, so it is not this one's to give back.
    CouponUsedElsewhere,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskState {
    Waiting,
    Done(Outcome),
}

/// 처리과제: one effect and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Task {
    pub effect: Effect,
    pub state: TaskState,
    /// Attempts that brought no result.
    pub tries: u32,
    /// The receiver said no where it has no right to; only a person can help.
    pub is_refused: bool,
    pub changed_at: Option<DateTime<Utc>>,
}

impl Task {
    pub(super) const fn waiting(effect: Effect) -> Self {
        Self { effect, state: TaskState::Waiting, tries: 0, is_refused: false, changed_at: None }
    }

    pub const fn is_done(&self) -> bool {
        matches!(self.state, TaskState::Done(_))
    }

    /// 처리단계상태
    pub const fn status(&self) -> SagaStepStatus {
        if self.is_done() {
            SagaStepStatus::Done
        } else if self.needs_attention() {
            SagaStepStatus::NeedsAttention
        } else {
            SagaStepStatus::Waiting
        }
    }

    pub const fn needs_attention(&self) -> bool {
        !self.is_done() && (self.is_refused || self.tries >= ATTENTION_AFTER)
    }
}
