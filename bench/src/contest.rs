//! Contests: the same question to everybody in turn, round after round, because the machine drifts.

use std::time::Duration;

use local_stack::environment::Process;
use local_stack::failure::Failure;

use crate::figures::{Sample, hundredths, median, milliseconds, ratio, table};
use crate::http::Requests;
use crate::pgbench::Script;
use crate::questions::{CHOOSE_MEMBER, Question, Questions};
use crate::settings::Settings;
use crate::stack::Stack;

pub(crate) const PGBENCH_CLIENTS: usize = 8;
/// Long enough to prepare statements and fill caches; not counted.
pub(crate) const WARM_UP: Duration = Duration::from_secs(1);
/// Measurements of a stage of growth, a second each.
const GROWTH_ROUNDS: u32 = 3;

pub(crate) struct Bench<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) questions: &'a Questions<'a>,
    pub(crate) stack: &'a Stack,
}

pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// How many ask at a time.
    pub(crate) clients: usize,
    pub(crate) means: Means,
}

pub(crate) enum Means {
    Pgbench(Script),
    /// And the process that answers.
    Http(Requests, Process),
}

impl Bench<'_> {
    /// Many members, many at a time.
    pub(crate) async fn of_everybody(&self, question: Question) -> Result<String, Failure> {
        let clients = self.settings.connections;
        let service = Means::Http(self.questions.of_everybody(question), Process::Member);
        let gateway = Means::Http(self.questions.through_gateway(question)?, Process::Gateway);
        let mut contenders = self.pgbench(question, CHOOSE_MEMBER, PGBENCH_CLIENTS)?;
        contenders.push(Contender { name: "member-service", clients, means: service });
        contenders.push(Contender { name: "gateway, member-service", clients, means: gateway });
        let name = question.name();
        let title =
            format!("{name}: members with 5 orders, pgbench -c {PGBENCH_CLIENTS}, {clients} connections");
        self.contest(&title, &contenders).await
    }

    /// One member, one at a time.
    pub(crate) async fn of_one(&self, question: Question, member_no: &str) -> Result<String, Failure> {
        let title = format!("{}: a member with 10,000 orders, one client", question.name());
        self.contest(&title, &self.contenders_for_one(question, member_no)?).await
    }

    /// How long it takes to ask about one member while others fill the table.
    pub(crate) async fn growth_row(&self, member_no: &str, orders: u32) -> Result<Vec<String>, Failure> {
        let mut row = vec![orders.to_string()];
        for question in [Question::Amounts, Question::Counts] {
            for contender in self.contenders_for_one(question, member_no)?.iter().skip(1) {
                self.measure(contender, WARM_UP).await?;
                let mut times = Vec::new();
                for _ in 0..GROWTH_ROUNDS {
                    times.push(self.measure(contender, WARM_UP).await?.p50);
                }
                row.push(median(times).to_string());
            }
        }
        Ok(row)
    }

    fn contenders_for_one(&self, question: Question, member_no: &str) -> Result<Vec<Contender>, Failure> {
        let mut contenders = self.pgbench(question, &format!("\\set member {member_no}"), 1)?;
        let service = Means::Http(self.questions.of_one(question, member_no), Process::Member);
        contenders.push(Contender { name: "member-service", clients: 1, means: service });
        Ok(contenders)
    }

    /// The naive statements and the service's own: the others are compared to these two.
    fn pgbench(&self, question: Question, choice: &str, clients: usize) -> Result<Vec<Contender>, Failure> {
        let contender = |name, file, sql| {
            let file = format!("{}-{file}-{clients}", question.name());
            let script =
                Script::new(self.settings, &file, "member", choice, sql, self.questions.variables())?;
            Ok(Contender { name, clients, means: Means::Pgbench(script) })
        };
        Ok(vec![
            contender("pgbench, naive list", "naive", question.naive_sql())?,
            contender("pgbench, same statement", "same", question.same_sql())?,
        ])
    }

    /// The first two contenders are those that all are compared to.
    pub(crate) async fn contest(&self, title: &str, contenders: &[Contender]) -> Result<String, Failure> {
        eprintln!("bench: {title}");
        for contender in contenders {
            self.measure(contender, WARM_UP).await?;
        }
        let mut rounds = Vec::new();
        for _ in 0..self.settings.rounds {
            let mut round = Vec::new();
            for contender in contenders {
                round.push(self.measure(contender, self.settings.measured).await?);
            }
            rounds.push(round);
        }
        let rows: Vec<Vec<String>> = contenders
            .iter()
            .enumerate()
            .map(|(place, contender)| row(contender.name, place, &rounds))
            .collect();
        let head = ["", "requests/s", "p50 ms", "p99 ms", "of naive", "of same", "CPU µs"];
        Ok(table(title, &head, &rows))
    }

    /// One that is compared to nobody.
    pub(crate) async fn alone(&self, title: &str, contender: &Contender) -> Result<String, Failure> {
        eprintln!("bench: {title}");
        self.measure(contender, WARM_UP).await?;
        let mut rounds = Vec::new();
        for _ in 0..self.settings.rounds {
            rounds.push(vec![self.measure(contender, self.settings.measured).await?]);
        }
        let of = |figure: fn(&Sample) -> u64| median(rounds.iter().flatten().map(figure));
        let row = vec![
            contender.name.to_owned(),
            of(|sample| sample.per_second).to_string(),
            milliseconds(of(|sample| sample.p50)),
            milliseconds(of(|sample| sample.p99)),
            of(|sample| sample.processor).to_string(),
        ];
        let title = format!("{title}, {} connections", contender.clients);
        Ok(table(&title, &["", "requests/s", "p50 ms", "p99 ms", "CPU µs"], &[row]))
    }

    pub(crate) async fn measure(&self, contender: &Contender, within: Duration) -> Result<Sample, Failure> {
        match &contender.means {
            Means::Pgbench(script) => script.run(self.settings, contender.clients, within),
            Means::Http(requests, process) => {
                let before = self.stack.processor_time(*process);
                let latencies = requests.load(contender.clients, within).await?;
                let used = self.stack.processor_time(*process).saturating_sub(before);
                Ok(Sample::new(latencies, within, used))
            }
        }
    }
}

/// Medians of what stands at one place of every round; ratios are taken within their round first.
fn row(name: &str, place: usize, rounds: &[Vec<Sample>]) -> Vec<String> {
    let of =
        |figure: fn(&Sample) -> u64| median(rounds.iter().filter_map(|round| round.get(place).map(figure)));
    let compared = |peer: usize| {
        hundredths(median(
            rounds
                .iter()
                .filter_map(|round| Some(ratio(round.get(place)?.per_second, round.get(peer)?.per_second))),
        ))
    };
    vec![
        name.to_owned(),
        of(|sample| sample.per_second).to_string(),
        milliseconds(of(|sample| sample.p50)),
        milliseconds(of(|sample| sample.p99)),
        compared(0),
        compared(1),
        Some(of(|sample| sample.processor))
            .filter(|used| *used > 0)
            .map_or(String::new(), |used| used.to_string()),
    ]
}

pub(crate) fn growth_table(rows: &[Vec<String>]) -> String {
    let head = ["orders in the table", "sum: SQL", "service", "count: SQL", "service"];
    table("A member with 100 orders while the table grows: µs, p50, one client", &head, rows)
}
