//! What was measured, as tables and as a verdict.

use std::fmt::{Display, Formatter};

use local_stack::environment::Process;
use local_stack::failure::Failure;

use crate::goals::MB;
use crate::house::House;
use crate::manifests::Limits;
use crate::parts::Row;

/// No caller may get these, whatever it sends.
const NEVER: [u16; 3] = [500, 502, 504];

pub(crate) struct Report {
    limits: Limits,
    rows: Vec<Row>,
    notes: Vec<Note>,
}

/// Memory of every process when a part was over, and the highest in it.
struct Note {
    name: &'static str,
    memory: Vec<(Option<u64>, Option<u64>)>,
}

impl Report {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, rows: Vec::new(), notes: Vec::new() }
    }

    pub(crate) fn note(&mut self, name: &'static str, house: &House, rows: &[Row]) {
        let memory = Process::ALL.map(|process| {
            let now = house.memory(process).map(|memory| memory.now);
            let highest = rows.iter().filter_map(|row| row.peak_of(process)).max();
            (now, highest)
        });
        self.notes.push(Note { name, memory: memory.into() });
    }

    pub(crate) fn add(&mut self, rows: Vec<Row>) {
        self.rows.extend(rows);
    }

    pub(crate) fn verdict(&self) -> Result<(), Failure> {
        let broken: Vec<String> = self
            .rows
            .iter()
            .flat_map(|row| row.broken(&self.limits).into_iter().map(|what| format!("{}: {what}", row.name)))
            .collect();
        if broken.is_empty() { Ok(()) } else { Err(Failure::new(format!("\n{}", broken.join("\n")))) }
    }
}

impl Row {
    fn peak_of(&self, process: Process) -> Option<u64> {
        self.peaks.get(&process).copied().flatten()
    }

    fn before_of(&self, process: Process) -> u64 {
        self.before.get(&process).copied().unwrap_or_default()
    }

    /// In one line, for whoever is watching.
    pub(crate) fn line(&self, limits: &Limits) -> String {
        let verdict = self.broken(limits);
        let verdict = if verdict.is_empty() { "held".to_owned() } else { verdict.join("; ") };
        format!("{}: {}; {verdict}", self.name, self.figures().join(", "))
    }

    fn figures(&self) -> [String; 4] {
        [
            format!(
                "{} → {} → {} MB",
                self.before_of(self.process) / MB,
                shown(self.peak_of(self.process)),
                self.after / MB
            ),
            self.answered(),
            self.honest(),
            format!("{:.1?}", self.took),
        ]
    }

    fn answered(&self) -> String {
        let each = self.answers.iter().map(|(status, count)| match status {
            0 => format!("{count} × none"),
            status => format!("{count} × {status}"),
        });
        each.collect::<Vec<_>>().join(" ")
    }

    fn honest(&self) -> String {
        let noticed = &self.noticed;
        format!(
            "{} served, {} again, {} failed, {} ms",
            noticed.served, noticed.again, noticed.failed, noticed.slowest_ms
        )
    }

    fn goal(&self, limits: &Limits) -> u64 {
        let limit = limits.memory(self.process);
        self.goals.memory.map_or(limit, |goal| goal.min(limit))
    }

    /// What was not kept of what was promised.
    fn broken(&self, limits: &Limits) -> Vec<String> {
        let mut broken = Vec::new();
        for process in Process::ALL {
            let is_attacked = process == self.process;
            let goal = if is_attacked { self.goal(limits) } else { limits.memory(process) };
            // What another has kept since an attack of its own is held against that.
            let is_older = !is_attacked && self.before_of(process) > goal;
            match self.peak_of(process) {
                None => broken.push(format!("{} has ended", process.name())),
                Some(peak) if peak > goal && !is_older => {
                    broken.push(format!("{} had {} MB of {}", process.name(), peak / MB, goal / MB));
                }
                Some(_) => {}
            }
        }
        for (status, count) in &self.answers {
            if NEVER.contains(status) || (*status == 0 && self.goals.answers) {
                let what = if *status == 0 { "no answer".to_owned() } else { format!("{status}") };
                broken.push(format!("{what}, {count} times"));
            }
        }
        if self.goals.refusal.is_some_and(|goal| self.largest_refusal > goal) {
            broken.push(format!("a refusal of {} bytes", self.largest_refusal));
        }
        let noticed = &self.noticed;
        if noticed.failed > 0 {
            broken.push(format!("{} honest requests failed ({})", noticed.failed, noticed.told.join(" | ")));
        } else if noticed.served + noticed.again == 0 {
            broken.push("no honest request was served".to_owned());
        }
        if let Some((what, true)) = &self.aside {
            broken.push(what.clone());
        }
        broken
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "| attack | process | MB before | peak | after | goal | answers | largest refusal, bytes | honest callers | s | |"
        )?;
        writeln!(f, "|---|---|---:|---:|---:|---:|---|---:|---|---:|---|")?;
        for row in &self.rows {
            let aside = row.aside.as_ref().map_or("", |(what, _)| what);
            let verdict = if row.broken(&self.limits).is_empty() { "" } else { " **broken**" };
            writeln!(
                f,
                "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {:.1} | {aside}{verdict} |",
                row.name.replace('|', " "),
                row.process.name(),
                row.before_of(row.process) / MB,
                shown(row.peak_of(row.process)),
                row.after / MB,
                row.goal(&self.limits) / MB,
                row.answered(),
                row.largest_refusal,
                row.honest(),
                row.took.as_secs_f64(),
            )?;
        }
        writeln!(f)?;
        write!(f, "| MB after (highest in) |")?;
        Process::ALL.iter().try_for_each(|process| write!(f, " {} |", process.name()))?;
        writeln!(f, "\n|---|{}", "---:|".repeat(Process::ALL.len()))?;
        for note in &self.notes {
            write!(f, "| {} |", note.name)?;
            for (now, highest) in &note.memory {
                let highest = highest.map_or(String::new(), |highest| format!(" ({})", highest / MB));
                write!(f, " {}{highest} |", shown(*now))?;
            }
            writeln!(f)?;
        }
        write!(f, "| limit |")?;
        Process::ALL.iter().try_for_each(|process| write!(f, " {} |", self.limits.memory(*process) / MB))?;
        writeln!(f)
    }
}

fn shown(memory: Option<u64>) -> String {
    memory.map_or_else(|| "ended".to_owned(), |bytes| (bytes / MB).to_string())
}
