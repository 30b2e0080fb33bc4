#![doc = include_str!("../README.md")]

mod callers;
mod cancels;
mod contest;
mod counted;
mod figures;
mod fresh_orders;
mod http;
mod pgbench;
mod questions;
mod returned_orders;
mod settings;
mod stack;

use std::process::ExitCode;

use local_stack::failure::Failure;
use platform::clock::Clock;

use crate::callers::Callers;
use crate::cancels::Cancels;
use crate::contest::Bench;
use crate::questions::{Question, Questions};
use crate::settings::Settings;
use crate::stack::Stack;

/// 회원번호 of the member that has many orders, and of the one that stays the same while the table grows.
const BUSY_MEMBER: &str = "100000001";
const STEADY_MEMBER: &str = "100000002";
/// The first and the last order that each stage of growth adds to the table.
const STAGES: [(u32, u32); 3] = [(1, 10_000), (10_001, 100_000), (100_001, 1_000_000)];

/// One thread, like pgbench's: the processors belong to what is measured.
#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let settings = Settings::from_environment(Clock::system().now())?;
    let stack = Stack::start(&settings).await?;
    let callers = Callers::new(&settings, &stack)?;
    let questions = Questions::new(&settings, &stack, &callers);
    let bench = Bench { settings: &settings, questions: &questions, stack: &stack };
    say(&settings.circumstances());
    say(&stack.memory("at the start"));
    let growth = fill(&bench).await?;
    if settings.has_part("members") {
        members(&bench, &growth).await?;
        say(&stack.memory("after the members"));
    }
    if settings.has_part("cancels") {
        let cancels = Cancels::load(&bench, &callers).await?;
        say(&cancels.preview().await?);
        say(&cancels.contest().await?);
        say(&cancels.counted().await?);
        say(&cancels.verify().await?);
        say(&stack.memory("after the cancels"));
    }
    Ok(())
}

/// Fills the tables in stages, and asks about a member that stays the same at each.
async fn fill(bench: &Bench<'_>) -> Result<Vec<Vec<String>>, Failure> {
    let settings = bench.settings;
    let mut growth = Vec::new();
    settings.load_member(STEADY_MEMBER, 100, 0)?;
    for (first, last) in STAGES {
        let last = last.min(settings.orders);
        if first > last {
            break;
        }
        eprintln!("bench: loading orders up to {last}");
        settings.load_orders(first, last)?;
        if settings.has_part("members") {
            growth.push(bench.growth_row(STEADY_MEMBER, last).await?);
        }
    }
    Ok(growth)
}

/// What the member's page asks.
async fn members(bench: &Bench<'_>, growth: &[Vec<String>]) -> Result<(), Failure> {
    eprintln!("bench: loading a member with 10,000 orders");
    bench.settings.load_member(BUSY_MEMBER, 10_000, 1_000)?;
    bench.questions.check_answers(bench.settings, BUSY_MEMBER).await?;
    for question in [Question::Amounts, Question::Counts] {
        say(&bench.of_everybody(question).await?);
    }
    for question in [Question::Amounts, Question::Counts] {
        say(&bench.of_one(question, BUSY_MEMBER).await?);
    }
    say(&contest::growth_table(growth));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn say(text: &str) {
    println!("{text}\n");
}
