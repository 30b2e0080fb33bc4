//! The attacks, each beside honest callers of the service it is meant for.

mod claims;
mod guests;
mod held;
mod lists;
mod uploads;

use std::collections::BTreeMap;
use std::time::Duration;

use local_stack::environment::Process;
use local_stack::failure::Failure;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::callers::Callers;
use crate::honest::{Honest, Noticed};
use crate::house::House;
use crate::manifests::Limits;
use crate::settings::Settings;
use crate::wire::Answer;

/// So long at least, or the honest callers would not have been there.
const SHORTEST: Duration = Duration::from_millis(1_500);
/// What is given back at all is given back by then.
const REST: Duration = Duration::from_secs(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Lists,
    Claims,
    Guests,
    Held,
    Uploads,
}

impl Part {
    pub(crate) const ALL: [Self; 5] = [Self::Lists, Self::Claims, Self::Guests, Self::Held, Self::Uploads];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Lists => "lists",
            Self::Claims => "claims",
            Self::Held => "held",
            Self::Uploads => "uploads",
            Self::Guests => "guests",
        }
    }
}

/// Everything an attack needs.
pub(crate) struct Field<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) house: &'a House,
    pub(crate) callers: &'a Callers,
    pub(crate) limits: &'a Limits,
}

/// What is asked of an attack, beside the limits of the manifests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goals {
    /// Bytes the attacked process may have at most.
    pub(crate) memory: Option<u64>,
    /// Bytes of a refusal.
    pub(crate) refusal: Option<usize>,
    /// Whether each request must be answered; who holds a body back may be left without.
    pub(crate) answers: bool,
}

/// What became of one attack.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) process: Process,
    pub(crate) goals: Goals,
    /// Of every process; 0 where it had ended before.
    pub(crate) before: BTreeMap<Process, u64>,
    /// The highest of every process; `None` where it has ended.
    pub(crate) peaks: BTreeMap<Process, Option<u64>>,
    pub(crate) after: u64,
    pub(crate) answers: BTreeMap<u16, usize>,
    pub(crate) largest_refusal: usize,
    pub(crate) noticed: Noticed,
    pub(crate) took: Duration,
    /// What else was measured, and whether it was too much.
    pub(crate) aside: Option<(String, bool)>,
}

impl Field<'_> {
    pub(crate) async fn carry_out(&self, part: Part) -> Result<Vec<Row>, Failure> {
        match part {
            Part::Lists => self.lists().await,
            Part::Claims => self.claims().await,
            Part::Held => self.held().await,
            Part::Uploads => self.uploads().await,
            Part::Guests => self.guests().await,
        }
    }

    /// Carries out one attack on a process and looks at what it does to everybody.
    async fn against(
        &self,
        process: Process,
        name: impl Into<String>,
        goals: Goals,
        attack: impl Future<Output = Vec<Answer>>,
    ) -> Row {
        let name = name.into();
        let before = Process::ALL.map(|one| (one, self.house.memory(one).unwrap_or_default().now));
        self.house.begin_memory();
        let honest = Honest::start(self.house.gateway(), self.callers.honest(process));
        let started = Instant::now();
        let all = attack.await;
        let took = started.elapsed();
        tokio::time::sleep(SHORTEST.saturating_sub(took)).await;
        let noticed = honest.stop().await;
        let peaks = Process::ALL.map(|one| (one, self.house.memory(one).map(|memory| memory.highest)));
        tokio::time::sleep(REST).await;
        let after = self.house.memory(process).unwrap_or_default().now;
        let mut answers = BTreeMap::new();
        for answer in &all {
            *answers.entry(answer.status).or_default() += 1;
        }
        let refusals = all.iter().filter(|answer| answer.status != 200).map(|answer| answer.length);
        let row = Row {
            largest_refusal: refusals.max().unwrap_or_default(),
            before: before.into(),
            peaks: peaks.into(),
            aside: None,
            name,
            process,
            goals,
            after,
            answers,
            noticed,
            took,
        };
        eprintln!("attack:   {}", row.line(self.limits));
        row
    }
}

async fn all_of(sending: Vec<JoinHandle<Answer>>) -> Vec<Answer> {
    let mut answers = Vec::new();
    for one in sending {
        answers.push(one.await.unwrap_or_default());
    }
    answers
}
