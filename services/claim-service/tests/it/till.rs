//! A refund provider for tests: it gives back once per key, and can be down, silent or unwilling.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use claim_service::clients::refund_provider::{
    PaymentUnreadable, RefundFailure, RefundOrder, RefundProvider, StandingPayment,
};
use claim_service::domain::saga::claim::PaidWith;
use commerce::{PayMeans, Won};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Till {
    #[default]
    Open,
    /// It gives back and then nothing is known, for the first so many attempts of each key.
    GivesAndLosesWord(usize),
    Refuses,
    /// It takes the call and never ends.
    Hangs,
    GivesAndHangs,
}

#[derive(Default)]
pub(crate) struct Book {
    pub(crate) till: Till,
    /// Given back, by key.
    pub(crate) given: BTreeMap<String, RefundOrder>,
    /// Put down for who transfers it, by key.
    pub(crate) transferred: BTreeMap<String, RefundOrder>,
    pub(crate) attempts: HashMap<String, usize>,
    /// What was paid under a provider's key; others are taken as paid.
    pub(crate) paid: HashMap<String, Result<i64, PaymentUnreadable>>,
    /// By what it was paid; others were paid by what is said.
    pub(crate) means: HashMap<String, Option<PayMeans>>,
    /// What the shop called it; of others that is not known.
    pub(crate) made_for: HashMap<String, String>,
    pub(crate) asked: usize,
}

impl Book {
    /// What has gone back of each payment of an order.
    pub(crate) fn given_of(&self, order_no: &str) -> BTreeMap<String, i64> {
        let mut given = BTreeMap::new();
        for order in self.given.values().filter(|order| order.order_no.as_str() == order_no) {
            *given.entry(order.payment_no.to_string()).or_default() += order.amount.amount();
        }
        given
    }
}

#[derive(Clone, Default)]
pub(crate) struct TestProvider(Arc<Mutex<Book>>);

impl TestProvider {
    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set(&self, till: Till) {
        self.book().till = till;
    }

    fn give(&self, order: &RefundOrder) {
        let mut book = self.book();
        let given = book.given.entry(order.key.to_string()).or_insert_with(|| order.clone());
        assert_eq!(given.amount, order.amount, "the same key gives the same back");
    }
}

#[async_trait]
impl RefundProvider for TestProvider {
    async fn refund(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        let (till, attempt) = {
            let mut book = self.book();
            let attempt = book.attempts.entry(order.key.to_string()).or_default();
            *attempt += 1;
            let attempt = *attempt;
            (book.till, attempt)
        };
        let silence = || Err(RefundFailure::Unknown("no word".to_owned()));
        match till {
            Till::Refuses => return Err(RefundFailure::Refused("the payment is too old".to_owned())),
            Till::Hangs => std::future::pending().await,
            Till::Open | Till::GivesAndLosesWord(_) | Till::GivesAndHangs => {}
        }
        self.give(order);
        match till {
            Till::GivesAndLosesWord(times) if attempt <= times => silence(),
            Till::GivesAndHangs => std::future::pending().await,
            _ => Ok(()),
        }
    }

    async fn transfer(&self, order: &RefundOrder) -> Result<(), RefundFailure> {
        self.book().transferred.insert(order.key.to_string(), order.clone());
        Ok(())
    }

    async fn payment(&self, named: &PaidWith, asked: Won) -> Result<StandingPayment, PaymentUnreadable> {
        let mut book = self.book();
        book.asked += 1;
        let key = &named.provider_key;
        let amount = book.paid.get(key).cloned().unwrap_or(Ok(asked.amount())).map(Won::new)?;
        let means = book.means.get(key).copied().unwrap_or(Some(named.means));
        Ok(StandingPayment { amount, means, made_for: book.made_for.get(key).cloned() })
    }
}
