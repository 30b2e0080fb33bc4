//! Contests: the same question to everybody in turn, round after round, because the machine drifts.

use std::time::Duration;

use local_stack::environment::Process;
use local_stack::failure::Failure;

use crate::figures::{Sample, hundredths, median, milliseconds, ratio, table};
use crate::http::Requests;
use crate::pgbench::Script;
use crate::questions::{CHOOSE_MEMBER, Question, Questions};
use crate::settings::Settings;
use crate::stack::{Stack, processor_time};

const PGBENCH_CLIENTS: usize = 8;
/// Long enough to prepare statements and fill caches; not counted.
const WARM_UP: Duration = Duration::from_secs(1);
/// Measurements of a stage of growth: each of a second, of which the median counts.
const GROWTH_ROUNDS: u32 = 3;

pub(crate) struct Contest {
    title: String,
    /// The first is the naive one and the second runs the service's own statement: the others are compared to them.
    contenders: Vec<Contender>,
}

struct Contender {
    name: &'static str,
    /// How many ask at a time.
    clients: usize,
    means: Means,
}

enum Means {
    Pgbench(Script),
    /// The process whose time is looked at.
    Http(Requests, Option<u32>),
}

impl Contest {
    /// Many members, many at a time.
    pub(crate) fn of_everybody(
        settings: &Settings,
        questions: &Questions,
        stack: &Stack,
        question: Question,
    ) -> Result<Self, Failure> {
        let (many, here) = (PGBENCH_CLIENTS, settings.connections);
        let name = question.name();
        let service = Means::Http(questions.of_everybody(question), stack.pid(Process::Member));
        let gateway = Means::Http(questions.through_gateway(question)?, stack.pid(Process::Gateway));
        let mut contenders = pgbench(settings, questions, question, CHOOSE_MEMBER, many)?;
        contenders.push(Contender { name: "member-service", clients: here, means: service });
        contenders.push(Contender { name: "gateway and member-service", clients: here, means: gateway });
        let title = format!(
            "{name}: 200,000 members with 5 orders each; {many} clients of pgbench, {here} HTTP connections"
        );
        Ok(Self { title, contenders })
    }

    /// One member, one at a time.
    pub(crate) fn of_one(
        settings: &Settings,
        questions: &Questions,
        stack: &Stack,
        question: Question,
        member_no: &str,
    ) -> Result<Self, Failure> {
        let chosen = format!("\\set member {member_no}");
        let service = Means::Http(questions.of_one(question, member_no), stack.pid(Process::Member));
        let mut contenders = pgbench(settings, questions, question, &chosen, 1)?;
        contenders.push(Contender { name: "member-service", clients: 1, means: service });
        let title = format!("{}: one member with 10,000 orders, one client", question.name());
        Ok(Self { title, contenders })
    }

    /// The table of this contest.
    pub(crate) async fn run(&self, settings: &Settings) -> Result<String, Failure> {
        eprintln!("bench: {}", self.title);
        for contender in &self.contenders {
            contender.measure(settings, WARM_UP).await?;
        }
        let mut rounds = Vec::new();
        for _ in 0..settings.rounds {
            let mut round = Vec::new();
            for contender in &self.contenders {
                round.push(contender.measure(settings, settings.measured).await?);
            }
            rounds.push(round);
        }
        let head = ["", "requests/s", "p50 ms", "p99 ms", "of naive", "of same", "µs CPU"];
        let rows: Vec<Vec<String>> = self
            .contenders
            .iter()
            .enumerate()
            .map(|(place, contender)| contender.row(place, &rounds))
            .collect();
        Ok(format!("{}\n\n{}", self.title, table(&head, &rows)))
    }
}

impl Contender {
    async fn measure(&self, settings: &Settings, within: Duration) -> Result<Sample, Failure> {
        match &self.means {
            Means::Pgbench(script) => script.run(settings, self.clients, within),
            Means::Http(requests, pid) => {
                let time = || pid.and_then(processor_time);
                let before = time();
                let mut sample = requests.load(self.clients, within).await?;
                let used = time().zip(before).map(|(after, before)| after.saturating_sub(before));
                let answered = sample.per_second.saturating_mul(within.as_secs()).max(1);
                sample.processor = used.map(|used| used / answered);
                Ok(sample)
            }
        }
    }

    /// Medians of what stands at one place of every round; ratios are taken within their round first.
    fn row(&self, place: usize, rounds: &[Vec<Sample>]) -> Vec<String> {
        let of = |figure: fn(&Sample) -> u64| {
            median(rounds.iter().filter_map(|round| round.get(place).map(figure)))
        };
        let compared = |peer: usize| {
            let ratios = rounds
                .iter()
                .filter_map(|round| Some(ratio(round.get(place)?.per_second, round.get(peer)?.per_second)));
            hundredths(median(ratios))
        };
        let processor: Vec<u64> =
            rounds.iter().filter_map(|round| round.get(place).and_then(|sample| sample.processor)).collect();
        vec![
            self.name.to_owned(),
            of(|sample| sample.per_second).to_string(),
            milliseconds(of(|sample| sample.p50)),
            milliseconds(of(|sample| sample.p99)),
            compared(0),
            compared(1),
            if processor.is_empty() { String::new() } else { median(processor).to_string() },
        ]
    }
}

/// The naive statements and the service's own.
fn pgbench(
    settings: &Settings,
    questions: &Questions,
    question: Question,
    choice: &str,
    clients: usize,
) -> Result<Vec<Contender>, Failure> {
    let contender = |name, file: &str, sql| {
        let script = Script::new(settings, file, choice, sql, questions.variables())?;
        Ok(Contender { name, clients, means: Means::Pgbench(script) })
    };
    Ok(vec![
        contender(
            "pgbench, naive list",
            &format!("{}-naive-{clients}", question.name()),
            question.naive_sql(),
        )?,
        contender(
            "pgbench, same statement",
            &format!("{}-same-{clients}", question.name()),
            question.same_sql(),
        )?,
    ])
}

/// How long one question about one member takes while others fill the table.
pub(crate) async fn growth_row(
    settings: &Settings,
    questions: &Questions,
    member_no: &str,
    orders: u32,
) -> Result<Vec<String>, Failure> {
    let mut row = vec![orders.to_string()];
    for question in [Question::Amounts, Question::Counts] {
        let choice = format!("\\set member {member_no}");
        let mut contenders = pgbench(settings, questions, question, &choice, 1)?;
        let service = Means::Http(questions.of_one(question, member_no), None);
        contenders.push(Contender { name: "member-service", clients: 1, means: service });
        for contender in contenders.iter().skip(1) {
            contender.measure(settings, WARM_UP).await?;
            let mut times = Vec::new();
            for _ in 0..GROWTH_ROUNDS {
                times.push(contender.measure(settings, WARM_UP).await?.p50);
            }
            row.push(median(times).to_string());
        }
    }
    Ok(row)
}

pub(crate) fn growth_table(rows: &[Vec<String>]) -> String {
    let head =
        ["orders in the table", "getOrdTotAmt: statement", "service", "getOrdClaimCnt: statement", "service"];
    format!("A member with 100 orders while the table grows: µs, p50, one client\n\n{}", table(&head, rows))
}
