//! How much one address may have open at once, so that nobody takes every place there is.
//!
//! Where callers connect to the gateway themselves that is their connections. Behind proxies of our own it is the
//! requests of the address they forward for: their connections carry everybody's.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::CallerKey;

/// Over its cap an address may have so many more, which are only told so; what comes beyond those is closed unheard.
const TOLD: usize = 16;

/// Who has how many. Only those who have any are kept, so that it is bounded by what is open.
#[derive(Debug)]
pub(crate) struct AddressCap {
    open: Mutex<HashMap<CallerKey, usize>>,
    limit: usize,
}

/// One of an address's connections or requests, until it is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    cap: Arc<AddressCap>,
    key: CallerKey,
}

/// What becomes of another connection or request of an address.
#[derive(Debug)]
pub(crate) enum Entrance {
    /// None is counted where there is no cap.
    Admitted(Option<Seat>),
    Told(Seat),
    Closed,
}

impl AddressCap {
    /// A limit of nought is none.
    pub(crate) fn new(limit: usize) -> Self {
        Self { open: Mutex::default(), limit }
    }

    pub(crate) fn enter(self: &Arc<Self>, address: Option<IpAddr>) -> Entrance {
        let Some(address) = address.filter(|_| self.limit > 0) else {
            return Entrance::Admitted(None);
        };
        let key = CallerKey::of_address(address);
        let mut open = self.open();
        let count = open.entry(key).or_default();
        if *count >= self.limit.saturating_add(TOLD) {
            return Entrance::Closed;
        }
        *count += 1;
        let seat = Seat { cap: Arc::clone(self), key };
        if *count <= self.limit { Entrance::Admitted(Some(seat)) } else { Entrance::Told(seat) }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<CallerKey, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.cap.open();
        if let Some(count) = open.get_mut(&self.key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enter(cap: &Arc<AddressCap>, address: &str) -> Entrance {
        cap.enter(Some(address.parse().unwrap()))
    }

    #[test]
    fn an_address_has_so_many_and_others_have_their_own() {
        let cap = Arc::new(AddressCap::new(2));
        let mut seats: Vec<Entrance> = (0..2).map(|_| enter(&cap, "203.0.113.1")).collect();
        assert!(seats.iter().all(|entrance| matches!(entrance, Entrance::Admitted(Some(_)))));
        let told: Vec<Entrance> = (0..TOLD).map(|_| enter(&cap, "203.0.113.1")).collect();
        assert!(told.iter().all(|entrance| matches!(entrance, Entrance::Told(_))));
        assert!(matches!(enter(&cap, "203.0.113.1"), Entrance::Closed));
        assert!(matches!(enter(&cap, "203.0.113.2"), Entrance::Admitted(Some(_))));
        drop(told);
        seats.pop();
        assert!(matches!(enter(&cap, "203.0.113.1"), Entrance::Admitted(Some(_))));
    }

    #[test]
    fn a_household_of_ipv6_addresses_is_one() {
        let cap = Arc::new(AddressCap::new(1));
        let _first = enter(&cap, "2001:db8::1");
        assert!(matches!(enter(&cap, "2001:db8::ffff"), Entrance::Told(_)));
        assert!(matches!(enter(&cap, "2001:db8:0:1::1"), Entrance::Admitted(_)));
        let _mapped = enter(&cap, "::ffff:203.0.113.1");
        assert!(matches!(enter(&cap, "203.0.113.1"), Entrance::Told(_)));
    }

    #[test]
    fn nought_is_no_cap_and_counts_nobody() {
        let cap = Arc::new(AddressCap::new(0));
        let all: Vec<Entrance> = (0..1000).map(|_| enter(&cap, "203.0.113.1")).collect();
        assert!(all.iter().all(|entrance| matches!(entrance, Entrance::Admitted(None))));
        assert!(cap.open().is_empty());
    }

    #[test]
    fn who_has_nothing_open_is_forgotten() {
        let cap = Arc::new(AddressCap::new(3));
        for number in 0..100_000_u32 {
            let seats: Vec<Entrance> = (0..20).map(|_| cap.enter(Some(IpAddr::V4(number.into())))).collect();
            assert_eq!(cap.open().len(), 1);
            drop(seats);
            assert!(cap.open().is_empty());
        }
    }
}
