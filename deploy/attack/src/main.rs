#![doc = include_str!("../README.md")]

mod settings;

mod goals;
mod manifests;

mod house;
mod memory;
mod wire;

mod callers;
mod honest;

mod parts;
mod report;

use std::process::ExitCode;

use local_stack::failure::{Context as _, Failure};

use crate::callers::Callers;
use crate::house::House;
use crate::manifests::Limits;
use crate::parts::Field;
use crate::report::Report;
use crate::settings::Settings;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("attack: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let settings = Settings::from_environment()?;
    let limits = Limits::of_manifests(&settings.manifests)?;
    let place = tempfile::tempdir().context("a directory for the stack")?;
    let mut house = House::start(&settings, place.path()).await?;
    let callers = Callers::new(&house)?;
    callers.fill(&house).await?;
    let mut report = Report::new(limits.clone());
    report.note("start", &house, &[]);
    for part in &settings.parts {
        // What an allocator keeps of one part would be counted for the next.
        house.start_anew().await?;
        eprintln!("attack: {}", part.name());
        let field = Field { settings: &settings, house: &house, callers: &callers, limits: &limits };
        let rows = field.carry_out(*part).await?;
        report.note(part.name(), &house, &rows);
        report.add(rows);
    }
    house.stop();
    say(&report.to_string());
    report.verdict()
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn say(text: &str) {
    println!("{text}");
}
