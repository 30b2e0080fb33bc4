//! Whom an answer shows, as its handler says it.

use std::collections::BTreeMap;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use commerce::{ClaimNo, CounselNo, FileNo, MemberNo, OrderNo};
use platform::error::Problem;

/// Somebody's data in an answer, and what of them it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// None of a guest: it is known by its order.
    pub member_no: Option<MemberNo>,
    pub order_no: Option<OrderNo>,
    pub claim_no: Option<ClaimNo>,
    pub counsel_no: Option<CounselNo>,
    pub file_no: Option<FileNo>,
}

impl Look {
    /// At a member.
    pub fn at(member_no: &MemberNo) -> Self {
        Self { member_no: Some(member_no.clone()), ..Self::default() }
    }

    /// At whoever ordered, a member or a guest.
    pub fn at_order(order_no: &OrderNo, member_no: Option<&MemberNo>) -> Self {
        Self { member_no: member_no.cloned(), order_no: Some(order_no.clone()), ..Self::default() }
    }

    /// At whoever's claim it is.
    pub fn at_claim(claim_no: &ClaimNo, order_no: &OrderNo, member_no: Option<&MemberNo>) -> Self {
        Self { claim_no: Some(claim_no.clone()), ..Self::at_order(order_no, member_no) }
    }

    /// At the member who wrote an inquiry.
    pub fn at_counsel(counsel_no: CounselNo, member_no: &MemberNo) -> Self {
        Self { counsel_no: Some(counsel_no), ..Self::at(member_no) }
    }

    /// One look for two at the same person: what they are not both about it is not about.
    fn and(self, other: Self) -> Self {
        fn both<T: PartialEq>(one: Option<T>, other: Option<T>) -> Option<T> {
            one.filter(|one| other.as_ref() == Some(one))
        }
        Self {
            member_no: self.member_no,
            order_no: both(self.order_no, other.order_no),
            claim_no: both(self.claim_no, other.claim_no),
            counsel_no: both(self.counsel_no, other.counsel_no),
            file_no: both(self.file_no, other.file_no),
        }
    }
}

/// Whom the answer in the making shows: for the handler to say, one look for each row, whoever asks.
#[derive(Debug, Clone, Default)]
pub struct Looks(Arc<Mutex<Noted>>);

#[derive(Debug, Default)]
struct Noted {
    vendor: Option<String>,
    /// By member, or by order of a guest.
    looks: BTreeMap<(Option<MemberNo>, Option<OrderNo>), Look>,
}

impl Looks {
    pub fn note(&self, look: Look) {
        let order_no = look.order_no.clone().filter(|_| look.member_no.is_none());
        let mut noted = self.lock();
        let person = (look.member_no.clone(), order_no);
        let look = match noted.looks.remove(&person) {
            Some(earlier) => earlier.and(look),
            None => look,
        };
        noted.looks.insert(person, look);
    }

    /// It is a vendor who is shown them, known by its key alone.
    pub fn by_vendor(&self, vendor_no: &str) {
        self.lock().vendor = Some(vendor_no.to_owned());
    }

    pub(super) fn vendor(&self) -> Option<String> {
        self.lock().vendor.clone()
    }

    /// One look for each person.
    pub(super) fn shown(&self) -> Vec<Look> {
        std::mem::take(&mut self.lock().looks).into_values().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FromRequest for Looks {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let looks = request.extensions().get::<Self>().cloned();
        ready(looks.ok_or_else(|| Problem::internal("the operation is not declared to show anybody")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(serial: u32) -> OrderNo {
        OrderNo::parse(&format!("20260801O{serial:06}")).expect("a number")
    }

    #[test]
    fn a_list_shows_each_person_once() {
        let (looks, member) = (Looks::default(), MemberNo::parse("100001311").expect("a number"));
        let claim = |serial: u32| ClaimNo::parse(&format!("20260802C{serial:06}")).expect("a number");
        looks.note(Look::at_claim(&claim(1), &order(1), Some(&member)));
        looks.note(Look::at_claim(&claim(2), &order(1), Some(&member)));
        looks.note(Look::at_claim(&claim(3), &order(2), None));
        looks.note(Look::at_claim(&claim(4), &order(3), None));
        looks.note(Look::at_claim(&claim(4), &order(3), None));
        assert_eq!(
            looks.shown(),
            [
                Look::at_claim(&claim(3), &order(2), None),
                Look::at_claim(&claim(4), &order(3), None),
                Look::at_order(&order(1), Some(&member)),
            ]
        );
    }

    #[test]
    fn what_a_person_was_looked_at_for_twice_stays_and_nothing_comes_back() {
        let (looks, member) = (Looks::default(), MemberNo::parse("100001311").expect("a number"));
        for serial in [1, 2, 1] {
            looks.note(Look::at_order(&order(serial), Some(&member)));
        }
        assert_eq!(looks.shown(), [Look::at(&member)]);
    }
}
