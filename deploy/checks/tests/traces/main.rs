//! One request is one trace, through the gateway, the services and what happens after the answer; and nothing that is told
//! about it names a person.
//!
//! The house runs in a process of its own, this test started once more, so that its subscriber is the real one and everything
//! it writes can be read.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a field that is missing, or a file that can't be read, fails its test"
)]

mod collector;
mod house;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};

use contract::operations::{claim, inquiry, member};

use crate::collector::{Collector, Span};
use crate::house::{CANARIES, CANCELS_TRACE_ID, COLLECTOR, READY, TRACE_ID};

/// The house and what it has written.
struct House(Child);

impl House {
    fn start(collector: &Collector) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "house::the_house_as_its_parent_starts_it", "--nocapture"])
            .env(COLLECTOR, collector.url())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// Everything it has written until it ended, which it does when its standard input ends.
    fn output(mut self, read: Vec<u8>) -> String {
        drop(self.0.stdin.take());
        let mut all = read;
        self.0.stdout.take().unwrap().read_to_end(&mut all).unwrap();
        let status = self.0.wait().unwrap();
        let text = String::from_utf8(all).unwrap();
        assert!(status.success(), "{text}");
        text
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[actix_web::test]
async fn a_withdrawal_is_one_trace_and_nothing_told_about_it_names_a_person() {
    let collector = Collector::start();
    let mut house = House::start(&collector);
    // Its requests are answered when it says so; what follows them is waited for at the collector.
    let mut stdout = BufReader::new(house.0.stdout.take().unwrap());
    let mut read = Vec::new();
    let has_answered = loop {
        let mut line = Vec::new();
        if stdout.read_until(b'\n', &mut line).unwrap() == 0 {
            break false;
        }
        read.write_all(&line).unwrap();
        if line.starts_with(READY.as_bytes()) {
            break true;
        }
    };
    assert!(has_answered, "{}", String::from_utf8_lossy(&read));
    read.extend_from_slice(stdout.buffer());
    house.0.stdout = Some(stdout.into_inner());

    let spans = collector
        .until(|spans| {
            let of = |operation: &str| ours(spans).filter(|span| span.is_about(operation)).count();
            of(member::WITHDRAWAL_MEMBER_ORDER_INFO.id) >= 2
                && of(claim::INTERNAL_MEMBERS_WITHDRAWAL.id) >= 1
                && of(inquiry::INTERNAL_MEMBERS_WITHDRAWAL.id) >= 1
                && ours(spans).filter(|span| span.name == "outbox").count() >= 2
                && AFTER_A_CANCEL.iter().all(|step| cancels(spans).any(|span| span.is_about(step)))
        })
        .await;
    every_step_of_a_cancel_hangs_together(&cancels(&spans).collect::<Vec<_>>());
    let trace: Vec<&Span> = ours(&spans).collect();
    // From a sister back to the caller: its request, the message, the member-service's request, the gateway's.
    for sister in [claim::INTERNAL_MEMBERS_WITHDRAWAL.id, inquiry::INTERNAL_MEMBERS_WITHDRAWAL.id] {
        let own = trace.iter().find(|span| span.is_about(sister)).unwrap();
        let message = parent(&trace, own);
        assert_eq!(message.name, "outbox", "{sister}");
        let at_member = parent(&trace, message);
        assert!(at_member.is_about(member::WITHDRAWAL_MEMBER_ORDER_INFO.id));
        let at_gateway = parent(&trace, at_member);
        assert!(at_gateway.is_about(member::WITHDRAWAL_MEMBER_ORDER_INFO.id));
        assert_eq!(at_gateway.parent, house::CALLERS_SPAN, "the caller's own span goes on");
    }

    let told = house.output(read);
    assert!(told.contains("aftercare_requests_total{"), "metrics were looked at");
    assert!(told.contains("\"message\":\"request answered\""), "logs were looked at");
    let wire = collector.everything();
    assert!(!wire.is_empty());
    for canary in CANARIES {
        assert!(!told.contains(canary), "{canary} stands in a log line or a metric");
        assert!(
            !wire.windows(canary.len()).any(|window| window == canary.as_bytes()),
            "{canary} stands in a span"
        );
    }
}

/// What the cancel of a discounted order's line asks its sisters for, during and after the answer.
const AFTER_A_CANCEL: [&str; 3] =
    [member::INTERNAL_ORDER.id, member::INTERNAL_ORDER_CLAIMS.id, member::INTERNAL_NOTIFICATIONS.id];

/// From each step that follows the answer back to the caller, through the message it was put down as.
fn every_step_of_a_cancel_hangs_together(trace: &[&Span]) {
    for step in AFTER_A_CANCEL {
        let mut span: &Span = trace.iter().find(|span| span.is_about(step)).unwrap();
        let mut way = vec![span.name.as_str()];
        while span.parent != house::CALLERS_SPAN {
            span = parent(trace, span);
            way.push(&span.name);
        }
        assert!(span.is_about(claim::CANCEL_FO.id), "{step} comes from the gateway's own span: {way:?}");
        let is_after_the_answer = step != member::INTERNAL_ORDER.id;
        assert_eq!(way.contains(&"outbox"), is_after_the_answer, "{step}: {way:?}");
    }
}

fn cancels(spans: &[Span]) -> impl Iterator<Item = &Span> {
    spans.iter().filter(|span| span.trace == CANCELS_TRACE_ID)
}

fn ours(spans: &[Span]) -> impl Iterator<Item = &Span> {
    spans.iter().filter(|span| span.trace == TRACE_ID)
}

fn parent<'a>(trace: &[&'a Span], span: &Span) -> &'a Span {
    trace
        .iter()
        .find(|other| other.id == span.parent)
        .unwrap_or_else(|| panic!("{} {:?} has no parent in its trace", span.name, span.operation))
}
