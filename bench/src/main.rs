#![doc = include_str!("../README.md")]

mod contest;
mod figures;
mod http;
mod pgbench;
mod questions;
mod settings;
mod stack;

use std::process::ExitCode;

use local_stack::failure::Failure;
use platform::clock::Clock;

use crate::contest::{Contest, growth_row};
use crate::questions::{Question, Questions};
use crate::settings::Settings;
use crate::stack::Stack;

/// 회원번호 of the member that has many orders, and of the one that stays the same while the table grows.
const BUSY_MEMBER: &str = "100000001";
const STEADY_MEMBER: &str = "100000002";
/// Orders in the table when the steady member is measured; the first of a stage and its last.
const STAGES: [(u32, u32); 3] = [(1, 10_000), (10_001, 100_000), (100_001, 1_000_000)];

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
    eprintln!("bench: starting member-service, claim-service and gateway");
    let stack = Stack::start(&settings).await?;
    let questions = Questions::new(&settings, &stack)?;
    say(&settings.machine());

    let mut growth = Vec::new();
    settings.load_member(STEADY_MEMBER, 100, 0)?;
    for (first, last) in STAGES {
        eprintln!("bench: loading orders up to {last}");
        settings.load_orders(first, last)?;
        growth.push(growth_row(&settings, &questions, STEADY_MEMBER, last).await?);
    }
    eprintln!("bench: loading a member with 10,000 orders");
    settings.load_member(BUSY_MEMBER, 10_000, 1_000)?;
    questions.check_answers(&settings, BUSY_MEMBER).await?;

    for question in [Question::Amounts, Question::Counts] {
        let contest = Contest::of_everybody(&settings, &questions, &stack, question)?;
        say(&contest.run(&settings).await?);
    }
    for question in [Question::Amounts, Question::Counts] {
        let contest = Contest::of_one(&settings, &questions, &stack, question, BUSY_MEMBER)?;
        say(&contest.run(&settings).await?);
    }
    say(&contest::growth_table(&growth));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn say(text: &str) {
    println!("{text}\n");
}
