//! The ledger replayed.

use std::collections::BTreeMap;

use commerce::ClaimNo;

use crate::domain::money::ledger::{Account, Posting, Unit};

/// 잔액: what stands on each account, in each unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Balances {
    balances: BTreeMap<(Account, Unit), i128>,
}

impl Balances {
    pub fn replay<'a>(postings: impl IntoIterator<Item = &'a Posting>) -> Self {
        let mut balances: BTreeMap<(Account, Unit), i128> = BTreeMap::new();
        for posting in postings {
            let balance = balances.entry((posting.account.clone(), posting.unit.clone())).or_default();
            *balance = balance.saturating_add(i128::from(posting.amount));
        }
        Self { balances }
    }

    pub fn of(&self, account: &Account, unit: &Unit) -> i128 {
        self.balances.get(&(account.clone(), unit.clone())).copied().unwrap_or(0)
    }

    /// Everything that is not 0.
    pub fn iter(&self) -> impl Iterator<Item = (&Account, &Unit, i128)> {
        self.balances
            .iter()
            .filter(|(_, balance)| **balance != 0)
            .map(|((account, unit), balance)| (account, unit, *balance))
    }
}

/// Claims whose postings do not add up to 0, with the unit and the difference. A sound ledger has none.
pub fn imbalances<'a>(postings: impl IntoIterator<Item = &'a Posting>) -> Vec<(ClaimNo, Unit, i128)> {
    let mut sums: BTreeMap<(ClaimNo, Unit), i128> = BTreeMap::new();
    for posting in postings {
        let sum = sums.entry((posting.claim_no.clone(), posting.unit.clone())).or_default();
        *sum = sum.saturating_add(i128::from(posting.amount));
    }
    sums.into_iter()
        .filter(|(_, sum)| *sum != 0)
        .map(|((claim_no, unit), sum)| (claim_no, unit, sum))
        .collect()
}
