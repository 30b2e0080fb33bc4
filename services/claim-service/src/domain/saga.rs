//! 클레임 실행: how an accepted claim reaches its end, as a pure function `step(saga, event) -> (saga, commands)`.
//!
//! Stages come one after the other: the order confirms (there the race against shipping is decided), money goes
//! back (the pivot: from here on nothing is undone), what else is restored, and the notification.
//! Within a stage everything runs side by side. Whatever can't be known is asked again under the same key, for ever;
//! receivers carry a key out once.
//!
//! It knows no kind of claim: each kind says which effects it calls for, and the table of effects says the rest.

pub mod claim;
pub mod effect;
pub mod of_cost;
pub mod postings;
pub mod stage;
pub mod step;
pub mod task;
pub mod view;

#[cfg(test)]
mod tests;

pub use effect::{Effect, EffectKey, Receiver};
pub use stage::{Decision, Stage};
pub use step::{ClaimSaga, Command, Event, step};
pub use task::{ATTENTION_AFTER, Outcome, Task, TaskState};
