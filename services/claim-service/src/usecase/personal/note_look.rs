//! 개인정보 접속: the one place of this service where it is noted that an agent was shown somebody's personal data.
//!
//! Whatever shows names, phones or addresses to an agent comes through here before it answers. Today the note is a line of
//! the log; whoever keeps such records for all services fills this function, and no caller changes.

use commerce::{ClaimNo, OrderNo};
use contract::operations::{Operation, Role};
use platform::identity::Caller;
use service_kit::error::Error;

/// What was looked at.
pub struct Look<'a> {
    /// The operation that shows it.
    pub operation: &'static Operation,
    /// Whose data they are, by the order: a guest has no other number, and a member's may be that of one who has left, which no
    /// line of a log holds.
    pub order_no: &'a OrderNo,
    pub claim_no: Option<&'a ClaimNo>,
}

/// Notes who looked, when and at what. Without a note nothing may be shown, so this may fail.
///
/// Customers look at their own; what services are given is not shown to anybody here.
pub fn note_look(caller: &Caller, look: &Look<'_>) -> Result<(), Error> {
    if caller.has(Role::Agent) || caller.has(Role::Admin) {
        tracing::info!(
            target: "access",
            agent = caller.subject,
            operation = look.operation.id,
            order.no = %look.order_no,
            claim.no = look.claim_no.map(ClaimNo::as_str),
            "an agent was shown personal data"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex, PoisonError};

    use contract::operations::claim::CLAIM_DETAILS_INFO_FO;
    use test_kit::identity::{admin, agent, member};

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn noted(caller: &Caller) -> String {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        let (order_no, claim_no) = ("20260801O000001".parse().expect("a number"), "20260802C000001".parse());
        let claim_no = claim_no.expect("a number");
        let look = Look { operation: &CLAIM_DETAILS_INFO_FO, order_no: &order_no, claim_no: Some(&claim_no) };
        tracing::subscriber::with_default(subscriber, || note_look(caller, &look)).expect("it is noted");
        let bytes = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        String::from_utf8(bytes).expect("a log is text")
    }

    #[test]
    fn who_looked_at_what_is_noted_of_agents_and_admins_alone() {
        for caller in [agent("cs1"), admin("boss")] {
            let line = noted(&caller);
            let parts = [
                "\"target\":\"access\"",
                caller.subject.as_str(),
                "claimDetailsInfoFO",
                "20260801O000001",
                "20260802C000001",
            ];
            assert!(parts.iter().all(|part| line.contains(part)), "{line}");
        }
        assert_eq!(noted(&member("100001311")), "");
    }
}
