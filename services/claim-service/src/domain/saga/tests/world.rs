//! The world a saga acts on: an order that may be shipped first, and receivers that carry a key out once.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use commerce::ClaimNo;

use crate::domain::saga::{ClaimSaga, Command, Decision, Effect, EffectKey, Event, Outcome, Stage, step};
use crate::domain::testing::august;

pub(super) fn now() -> DateTime<Utc> {
    august(3, 0)
}

/// What the order has said, once it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Order {
    NotAsked,
    Confirmed,
    ShippedFirst,
    /// There is nobody to ask: whoever moved the claim has decided.
    NobodyToAsk,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct World {
    pub(super) saga: ClaimSaga,
    pub(super) order: Order,
    /// Commands that ever left the saga; each may arrive again at any time.
    pub(super) sent: BTreeSet<EffectKey>,
    /// What receivers have carried out.
    pub(super) carried_out: BTreeSet<EffectKey>,
    /// What more it calls for should somebody end it; none once it has ended, or if nobody can.
    pub(super) end: Option<Vec<Effect>>,
}

/// What may happen next, in any order and any number of times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Happening {
    /// A command arrives. An order asked for the first time may have been shipped.
    Arrives {
        key: EffectKey,
        shipped_first: bool,
    },
    /// The answer of something that was carried out arrives, late or again.
    Answered(EffectKey),
    /// It arrives and is kept, and then the replica dies before anything leaves it.
    AnsweredInVain(EffectKey),
    /// No answer comes, whether or not it was carried out.
    Unanswered(EffectKey),
    /// A receiver that has nothing to decide says no.
    SaysNo(EffectKey),
    /// Somebody ends the claim, and the replica dies before anything leaves it.
    Ends,
    RetryDue(EffectKey),
    /// A replica takes over.
    Resumed,
    /// It takes over, and dies before anything leaves it.
    ResumedInVain,
}

impl World {
    pub(super) fn of(saga: ClaimSaga) -> Self {
        let asks_an_order = saga.decision() == Decision::Undecided;
        let order = if asks_an_order { Order::NotAsked } else { Order::NobodyToAsk };
        Self { saga, order, sent: BTreeSet::new(), carried_out: BTreeSet::new(), end: None }
    }

    /// A claim that somebody has decided on, and what more it calls for if it ends.
    pub(super) fn decided(claim_no: ClaimNo, effects: Vec<Effect>, end: Option<Vec<Effect>>) -> Self {
        let saga = ClaimSaga::of(claim_no, Vec::new()).with_more(Decision::Confirmed, effects);
        Self { end, ..Self::of(saga) }
    }

    pub(super) fn effect_of(&self, key: &EffectKey) -> Effect {
        let claim_no = self.saga.claim_no();
        let effects = self.saga.tasks().iter().map(|task| task.effect.clone());
        effects.into_iter().find(|effect| effect.key(claim_no) == *key).expect("a key of this claim")
    }

    pub(super) fn key_of(&self, effect: &Effect) -> EffectKey {
        effect.key(self.saga.claim_no())
    }

    fn order_key(&self) -> EffectKey {
        self.key_of(&Effect::ConfirmOrder)
    }

    /// Whether this is asked of an order that may have been shipped.
    fn may_be_rejected(&self, key: &EffectKey) -> bool {
        self.effect_of(key).may_be_rejected()
    }

    /// Whether the claim goes on: nobody is asked, or the order has said so.
    const fn goes_on(&self) -> bool {
        matches!(self.order, Order::Confirmed | Order::NobodyToAsk)
    }

    /// Everything that can happen in this state.
    pub(super) fn happenings(&self) -> Vec<Happening> {
        let mut all = vec![Happening::Resumed, Happening::ResumedInVain];
        all.extend(self.end.iter().map(|_| Happening::Ends));
        all.extend(self.saga.tasks().iter().map(|task| Happening::RetryDue(self.key_of(&task.effect))));
        for key in &self.sent {
            all.push(Happening::Arrives { key: key.clone(), shipped_first: false });
            if self.may_be_rejected(key) {
                all.push(Happening::Arrives { key: key.clone(), shipped_first: true });
            } else {
                all.push(Happening::SaysNo(key.clone()));
            }
            all.push(Happening::Unanswered(key.clone()));
            if self.carried_out.contains(key) {
                all.push(Happening::Answered(key.clone()));
                all.push(Happening::AnsweredInVain(key.clone()));
            }
        }
        all
    }

    pub(super) fn after(&self, happening: &Happening) -> Self {
        let mut world = self.clone();
        match happening {
            Happening::Arrives { key, shipped_first } => {
                // The receiver's inbox: a key it knows changes nothing any more.
                if world.carried_out.insert(key.clone()) && *key == world.order_key() {
                    world.order = if *shipped_first { Order::ShippedFirst } else { Order::Confirmed };
                }
            }
            Happening::Answered(key) => world.take(self.answer_of(key)),
            Happening::AnsweredInVain(key) => {
                let _ = world.step(self.answer_of(key));
            }
            Happening::Unanswered(key) => world.take(Event::Unanswered(key.clone())),
            Happening::SaysNo(key) => world.take(Event::Refused(key.clone())),
            Happening::Ends => {
                let more = world.end.take().expect("it can end");
                world.saga = world.saga.with_more(Decision::Confirmed, more);
            }
            Happening::RetryDue(key) => world.take(Event::RetryDue(key.clone())),
            Happening::Resumed => world.take(Event::Resumed),
            Happening::ResumedInVain => {
                let _ = world.step(Event::Resumed);
            }
        }
        world
    }

    fn answer_of(&self, key: &EffectKey) -> Event {
        if *key == self.order_key() && self.order == Order::ShippedFirst {
            Event::Refused(key.clone())
        } else {
            Event::Succeeded(key.clone(), Outcome::Done)
        }
    }

    fn take(&mut self, event: Event) {
        let commands = self.step(event);
        self.sent.extend(commands.into_iter().map(|command| command.key));
    }

    fn step(&mut self, event: Event) -> Vec<Command> {
        let (saga, commands) = step(self.saga.clone(), event, now());
        for command in &commands {
            assert_eq!(command.key, command.effect.key(saga.claim_no()), "a key is made of its effect");
        }
        self.saga = saga;
        commands
    }

    fn has(&self, effect: &Effect) -> bool {
        self.carried_out.contains(&self.key_of(effect))
    }

    fn effects_in(&self, stage: Stage) -> Vec<Effect> {
        let effects = self.saga.tasks().iter().map(|task| task.effect.clone());
        effects.filter(|effect| effect.stage() == stage).collect()
    }

    /// What must hold whatever has happened.
    pub(super) fn check(&self) {
        for key in &self.carried_out {
            let effect = self.effect_of(key);
            match effect.stage() {
                Stage::Confirming => {}
                Stage::Compensating => assert_eq!(self.order, Order::ShippedFirst, "{key}"),
                Stage::Refunding => assert!(self.goes_on(), "{key} before confirmation"),
                Stage::Restoring => {
                    assert!(self.goes_on(), "{key}");
                    assert!(self.effects_in(Stage::Refunding).iter().all(|refund| self.has(refund)), "{key}");
                }
                Stage::Notifying => {
                    assert!(self.goes_on(), "{key}");
                    let earlier = [Stage::Refunding, Stage::Restoring];
                    let before = earlier.iter().flat_map(|stage| self.effects_in(*stage));
                    assert!(before.into_iter().all(|effect| self.has(&effect)), "{key}");
                }
            }
        }
        for task in self.saga.tasks().iter().filter(|task| task.is_done()) {
            assert!(self.has(&task.effect), "what is done was carried out");
        }
        match self.saga.decision() {
            Decision::Undecided => {}
            Decision::Confirmed => assert!(self.goes_on()),
            Decision::Rejected => assert_eq!(self.order, Order::ShippedFirst),
        }
        if self.saga.is_finished() {
            let stages = match self.order {
                Order::Confirmed | Order::NobodyToAsk => {
                    &[Stage::Refunding, Stage::Restoring, Stage::Notifying][..]
                }
                Order::ShippedFirst => &[Stage::Compensating],
                Order::NotAsked => panic!("a claim ended without the order's word"),
            };
            let due = stages.iter().flat_map(|stage| self.effects_in(*stage));
            assert!(due.into_iter().all(|effect| self.has(&effect)), "an ended claim has done everything");
        }
    }

    /// What must hold between a state and any that follows it.
    pub(super) fn check_followed_by(&self, next: &Self) {
        for (before, after) in self.saga.tasks().iter().zip(next.saga.tasks()) {
            assert_eq!(before.effect, after.effect);
            assert!(!before.is_done() || before.state == after.state, "nothing is undone");
        }
        if self.saga.decision() != Decision::Undecided {
            assert_eq!(self.saga.decision(), next.saga.decision(), "the order decides once");
        }
        if self.saga.is_finished() && self.end == next.end {
            assert_eq!(self.saga, next.saga, "an end is an end");
            assert_eq!(self.sent, next.sent, "nothing leaves an ended claim");
            assert_eq!(self.carried_out, next.carried_out);
        }
    }

    /// Lets everything succeed from here on; the claim must end.
    pub(super) fn run_to_the_end(mut self) -> Self {
        let most = self.saga.tasks().len() * 3 + 3;
        for _ in 0..most {
            if self.saga.is_finished() {
                return self;
            }
            self = self.after(&Happening::Resumed);
            for command in self.saga.open_commands() {
                let arrives = Happening::Arrives { key: command.key.clone(), shipped_first: false };
                self = self.after(&arrives).after(&Happening::Answered(command.key));
                self.check();
            }
        }
        panic!("the claim does not end: {:?}", self.saga);
    }
}
