//! 진행: what follows from what.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, ClaimStatus};

use crate::domain::saga::{Decision, Effect, EffectKey, Outcome, Stage, Task, TaskState};

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Event {
    /// The claim was accepted, or a replica took it over: everything open is asked for.
    Resumed,
    /// The receiver has carried it out, now or before.
    Succeeded(EffectKey, Outcome),
    /// The receiver will not do it. From an order that decides: shipping won.
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

/// 클레임 실행상태
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClaimSaga {
    claim_no: ClaimNo,
    decision: Decision,
    tasks: Vec<Task>,
}

impl ClaimSaga {
    /// The claim as it is accepted, with everything it calls for.
    pub fn of(claim_no: ClaimNo, effects: Vec<Effect>) -> Self {
        let tasks = effects.into_iter().map(Task::waiting).collect();
        Self { claim_no, decision: Decision::Undecided, tasks }
    }

    /// The claim as it was kept.
    pub const fn restore(claim_no: ClaimNo, decision: Decision, tasks: Vec<Task>) -> Self {
        Self { claim_no, decision, tasks }
    }

    /// The same with more to be done, by whoever decides that the claim goes on.
    #[must_use]
    pub fn with_more(mut self, decision: Decision, effects: Vec<Effect>) -> Self {
        self.decision = decision;
        self.tasks.extend(effects.into_iter().map(Task::waiting));
        self
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

    /// Whether no money is to go back any more.
    pub fn has_paid_out(&self) -> bool {
        let is_money = |stage| matches!(stage, Stage::Refunding | Stage::Compensating);
        self.decision != Decision::Undecided
            && self.tasks.iter().all(|task| {
                let stage = task.effect.stage();
                task.is_done() || !is_money(stage) || !stage.belongs_to(self.decision)
            })
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
        !(effect.is_decisive() && self.decision == Decision::Rejected)
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
pub fn step(mut saga: ClaimSaga, event: Event, at: DateTime<Utc>) -> (ClaimSaga, Vec<Command>) {
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
            if task.effect.is_decisive() {
                saga.decision = Decision::Confirmed;
            }
            let commands = if saga.open_stage() == stage_before { Vec::new() } else { saga.open_commands() };
            (saga, commands)
        }
        Event::Refused(key) => {
            let Some(task) = saga.open_task(&key) else { return (saga, Vec::new()) };
            task.changed_at = Some(at);
            if !task.effect.may_be_rejected() {
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
