//! Nothing that belongs to a person or to the shop's account reaches a log or an error.

use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::Once;

use commerce::PayMeans;
use tracing_subscriber::fmt::MakeWriter;

use super::toss_stand_in::{Fault, SECRET, TossStandIn, Way};
use super::{Desk, account, refund};

static START: Once = Once::new();

thread_local! {
    /// What was logged on this thread since it asked to keep it.
    static LOG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

#[derive(Clone, Copy)]
struct Keep;

impl Write for Keep {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.as_mut().map_or(Ok(bytes.len()), |log| log.write(bytes)))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Keep {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}

#[actix_web::test]
async fn neither_secret_nor_account_nor_the_provider_s_words_are_told() {
    // For all threads: one for this thread alone would miss what another thread has logged first.
    START.call_once(|| {
        let subscriber = tracing_subscriber::fmt().with_writer(Keep).with_ansi(false);
        subscriber.with_max_level(tracing::Level::DEBUG).init();
    });
    LOG.set(Some(Vec::new()));
    tracing::info!("the log is kept");

    let stand_in = TossStandIn::start().await;
    let desk = Desk::toss(&stand_in).await;
    let mut told = String::new();
    for (serial, way) in Way::ALL.into_iter().filter(|way| *way != Way::Silence).enumerate() {
        let key = format!("pk_of_a_payment_{serial}");
        stand_in.holds(&key, "가상계좌", "DONE", 10_000);
        stand_in.fails(&key, &[Fault::After(way)]);
        let mut order = refund(serial, &key);
        order.means = PayMeans::VirtualAccount;
        order.account = Some(account());
        told.push_str(&format!("{:?} {order:?}\n", desk.refunds.refund(&order).await));
    }
    for (serial, (status, code)) in [
        (400, "INVALID_REFUND_ACCOUNT_INFO"),
        (401, "UNAUTHORIZED_KEY"),
        (403, "홍길동"),
        (403, "hong 110123456789"),
    ]
    .into_iter()
    .enumerate()
    {
        stand_in.paid("pk_of_a_payment", 10_000);
        stand_in.refuses_next(status, code);
        let outcome = desk.refunds.refund(&refund(100 + serial, "pk_of_a_payment")).await;
        told.push_str(&format!("{outcome:?}\n"));
    }
    assert!(told.contains("INVALID_REFUND_ACCOUNT_INFO") && told.contains("UNAUTHORIZED_KEY"), "{told}");

    told.push_str(&String::from_utf8_lossy(&LOG.take().unwrap_or_default()));
    assert!(told.contains("the log is kept") && told.contains("refund.toss.secret_key"));
    for secret in [SECRET, "dGVzdF9za196", "110-1234-56789", "110123456789", "56789", "홍길동"] {
        assert!(!told.contains(secret), "{secret}");
    }
}
