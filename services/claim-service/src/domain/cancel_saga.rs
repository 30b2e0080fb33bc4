//! 취소 실행: how an accepted cancel reaches its end, as a pure function `step(saga, event) -> (saga, commands)`.
//!
//! Stages come one after the other: the order confirms (there the race against shipping is decided), money goes
//! back (the pivot: from here on nothing is undone), stock, coupons, accumulation and mileage, and the notification.
//! Within a stage everything runs side by side. Whatever can't be known is asked again under the same key, for ever;
//! receivers carry a key out once.

pub mod effect;
pub mod view;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimStatus};

pub use effect::{Effect, EffectKey, Stage};

use super::cost::ClaimCost;

/// Tries after which an operator should look at a task.
pub const ATTENTION_AFTER: u32 = 5;

/// 주문확정: what the order said to the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    Undecided,
    Confirmed,
    /// Shipping won.
    Rejected,
}

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
    const fn waiting(effect: Effect) -> Self {
        Self { effect, state: TaskState::Waiting, tries: 0, is_refused: false, changed_at: None }
    }

    pub const fn is_done(&self) -> bool {
        matches!(self.state, TaskState::Done(_))
    }

    pub const fn needs_attention(&self) -> bool {
        !self.is_done() && (self.is_refused || self.tries >= ATTENTION_AFTER)
    }
}

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Event {
    /// The claim was accepted, or a replica took it over: everything open is asked for.
    Resumed,
    /// The receiver has carried it out, now or before.
    Succeeded(EffectKey, Outcome),
    /// The receiver will not do it. From the order: shipping won.
    Refused(EffectKey),
    /// A timeout, a crash, a broken answer: carried out or not.
    Unanswered(EffectKey),
    /// Time to ask again, or an operator wants to.
    RetryDue(EffectKey),
}

/// An effect to bring about, under the key that makes it happen once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Command {
    pub key: EffectKey,
    pub effect: Effect,
}

/// 취소 실행상태
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CancelSaga {
    claim_no: ClaimNo,
    decision: Decision,
    tasks: Vec<Task>,
}

impl CancelSaga {
    /// The claim as it is accepted.
    pub fn of(claim_no: ClaimNo, cost: &ClaimCost) -> Self {
        let effects = effect::effects_of(cost);
        Self {
            claim_no,
            decision: Decision::Undecided,
            tasks: effects.into_iter().map(Task::waiting).collect(),
        }
    }

    /// The claim as it was kept.
    pub const fn restore(claim_no: ClaimNo, decision: Decision, tasks: Vec<Task>) -> Self {
        Self { claim_no, decision, tasks }
    }

    pub const fn claim_no(&self) -> &ClaimNo {
        &self.claim_no
    }

    pub const fn decision(&self) -> Decision {
        self.decision
    }

    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// 클레임상태: a claim of ours is in progress from its acceptance on; only imported ones are ever in 10.
    pub fn status(&self) -> ClaimStatus {
        match self.decision {
            Decision::Rejected => ClaimStatus::Rejected,
            Decision::Undecided | Decision::Confirmed if self.is_finished() => ClaimStatus::Complete,
            Decision::Undecided | Decision::Confirmed => ClaimStatus::InProgress,
        }
    }

    /// The same with everything open to be asked for again, as if nobody had said no.
    #[must_use]
    pub fn without_refusals(mut self) -> Self {
        for task in self.tasks.iter_mut().filter(|task| !task.is_done()) {
            task.is_refused = false;
        }
        self
    }

    /// Whether nothing will happen any more.
    pub fn is_finished(&self) -> bool {
        self.open_stage().is_none()
    }

    /// Whether carrying this out moves anything: an order that said no has given nothing up.
    pub fn moves_something(&self, effect: &Effect) -> bool {
        !(*effect == Effect::ConfirmOrder && self.decision == Decision::Rejected)
    }

    /// The first stage with something left to do.
    fn open_stage(&self) -> Option<Stage> {
        let due = self.tasks.iter().filter(|task| !task.is_done()).map(|task| task.effect.stage());
        due.filter(|stage| stage.belongs_to(self.decision)).min()
    }

    /// What is open now and may be asked for.
    pub fn open_commands(&self) -> Vec<Command> {
        let Some(stage) = self.open_stage() else { return Vec::new() };
        let open = self.tasks.iter().filter(|task| !task.is_done() && task.effect.stage() == stage);
        open.map(|task| Command { key: task.effect.key(&self.claim_no), effect: task.effect.clone() })
            .collect()
    }

    fn open_task(&mut self, key: &EffectKey) -> Option<&mut Task> {
        let stage = self.open_stage()?;
        let claim_no = &self.claim_no;
        let mut open = self.tasks.iter_mut().filter(|task| !task.is_done() && task.effect.stage() == stage);
        open.find(|task| task.effect.key(claim_no) == *key)
    }
}

/// One step. What does not fit the state changes nothing: it was said before, or to somebody else.
pub fn step(mut saga: CancelSaga, event: Event, at: DateTime<Utc>) -> (CancelSaga, Vec<Command>) {
    match event {
        Event::Resumed => {
            let commands = saga.open_commands();
            (saga, commands)
        }
        Event::Succeeded(key, outcome) => {
            let stage_before = saga.open_stage();
            let Some(task) = saga.open_task(&key) else { return (saga, Vec::new()) };
            task.state = TaskState::Done(outcome);
            task.changed_at = Some(at);
            if task.effect == Effect::ConfirmOrder {
                saga.decision = Decision::Confirmed;
            }
            let commands = if saga.open_stage() == stage_before { Vec::new() } else { saga.open_commands() };
            (saga, commands)
        }
        Event::Refused(key) => {
            let Some(task) = saga.open_task(&key) else { return (saga, Vec::new()) };
            task.changed_at = Some(at);
            if task.effect != Effect::ConfirmOrder {
                task.is_refused = true;
                task.tries = task.tries.saturating_add(1);
                return (saga, Vec::new());
            }
            task.state = TaskState::Done(Outcome::Done);
            saga.decision = Decision::Rejected;
            let commands = saga.open_commands();
            (saga, commands)
        }
        Event::Unanswered(key) => {
            if let Some(task) = saga.open_task(&key) {
                task.tries = task.tries.saturating_add(1);
                task.changed_at = Some(at);
            }
            (saga, Vec::new())
        }
        Event::RetryDue(key) => {
            let commands = saga.open_commands().into_iter().filter(|command| command.key == key).collect();
            (saga, commands)
        }
    }
}
