//! Whose password is hashed next. Guests and order intakes wait apart and take turns, so that neither keeps the other out.

use std::collections::VecDeque;
use std::num::NonZeroUsize;

use platform::household::Household;

/// Which of the two somebody waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Queue {
    Guests,
    Intakes,
}

impl Queue {
    /// Its name in metrics.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Guests => "guests",
            Self::Intakes => "intakes",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Guests => Self::Intakes,
            Self::Intakes => Self::Guests,
        }
    }
}

/// Names what was put down, to take it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket(u64);

/// All that waits.
pub(super) struct Line<W> {
    guests: Guests<W>,
    intakes: Intakes<W>,
    turn: Queue,
    next_ticket: u64,
}

impl<W> Line<W> {
    pub(super) fn new(most_guests: NonZeroUsize, most_intakes: NonZeroUsize) -> Self {
        Self {
            guests: Guests { households: VecDeque::new(), waiting: 0, limit: most_guests.get() },
            intakes: Intakes { batches: Vec::new(), limit: most_intakes.get() },
            turn: Queue::Guests,
            next_ticket: 0,
        }
    }

    /// Lets a guest wait. Gives back what finds no place: the guest's own, or that of somebody whose household has more waiting.
    pub(super) fn add_guest(&mut self, household: Household, work: W) -> (Ticket, Option<W>) {
        let ticket = self.ticket();
        (ticket, self.guests.add(household, ticket, work))
    }

    /// Lets the works of an intake wait; `None` when there are as many intakes as may be.
    pub(super) fn add_intake(&mut self, works: VecDeque<W>) -> Option<Ticket> {
        let ticket = self.ticket();
        self.intakes.add(ticket, works).then_some(ticket)
    }

    /// The next piece of work.
    pub(super) fn next(&mut self) -> Option<(Queue, W)> {
        let queue = self.turn;
        self.turn = queue.other();
        self.next_of(queue).map(|work| (queue, work)).or_else(|| {
            let queue = queue.other();
            self.turn = queue.other();
            self.next_of(queue).map(|work| (queue, work))
        })
    }

    /// Takes back what has not begun; whether there was any.
    pub(super) fn take_back(&mut self, queue: Queue, ticket: Ticket) -> bool {
        match queue {
            Queue::Guests => self.guests.take_back(ticket),
            Queue::Intakes => self.intakes.take_back(ticket),
        }
    }

    /// Passwords that wait.
    pub(super) fn waiting(&self, queue: Queue) -> usize {
        match queue {
            Queue::Guests => self.guests.waiting,
            Queue::Intakes => self.intakes.batches.iter().map(|batch| batch.works.len()).sum(),
        }
    }

    fn next_of(&mut self, queue: Queue) -> Option<W> {
        match queue {
            Queue::Guests => self.guests.next(),
            Queue::Intakes => self.intakes.next(),
        }
    }

    fn ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }
}

/// Guests wait by household, and households take turns: whoever sends many waits for its own.
struct Guests<W> {
    /// None is empty. The first one's turn is next.
    households: VecDeque<(Household, VecDeque<(Ticket, W)>)>,
    waiting: usize,
    limit: usize,
}

impl<W> Guests<W> {
    fn add(&mut self, household: Household, ticket: Ticket, work: W) -> Option<W> {
        let own = self.households.iter().position(|(one, _)| *one == household);
        let already = own.and_then(|place| self.households.get(place)).map_or(0, |(_, works)| works.len());
        let mut displaced = None;
        if self.waiting >= self.limit {
            match self.longest().filter(|works| works.len() > already + 1) {
                // Its last one has waited least.
                Some(longest) => displaced = longest.pop_back().map(|(_, work)| work),
                None => return Some(work),
            }
            self.waiting -= 1;
        }
        self.waiting += 1;
        match own.and_then(|place| self.households.get_mut(place)) {
            Some((_, works)) => works.push_back((ticket, work)),
            None => self.households.push_back((household, VecDeque::from([(ticket, work)]))),
        }
        displaced
    }

    fn longest(&mut self) -> Option<&mut VecDeque<(Ticket, W)>> {
        self.households.iter_mut().map(|(_, works)| works).max_by_key(|works| works.len())
    }

    fn next(&mut self) -> Option<W> {
        let (household, mut works) = self.households.pop_front()?;
        let (_, work) = works.pop_front()?;
        self.waiting -= 1;
        if !works.is_empty() {
            self.households.push_back((household, works));
        }
        Some(work)
    }

    fn take_back(&mut self, ticket: Ticket) -> bool {
        let before = self.waiting;
        for (_, works) in &mut self.households {
            works.retain(|(one, _)| *one != ticket);
        }
        self.households.retain(|(_, works)| !works.is_empty());
        self.waiting = self.households.iter().map(|(_, works)| works.len()).sum();
        self.waiting < before
    }
}

/// The intake with the fewest passwords left goes first: a single order does not wait for hundreds, and of several large ones
/// each is done as early as it can be.
struct Intakes<W> {
    /// None is empty; the oldest comes first.
    batches: Vec<Batch<W>>,
    limit: usize,
}

struct Batch<W> {
    ticket: Ticket,
    works: VecDeque<W>,
}

impl<W> Intakes<W> {
    fn add(&mut self, ticket: Ticket, works: VecDeque<W>) -> bool {
        if works.is_empty() || self.batches.len() >= self.limit {
            return false;
        }
        self.batches.push(Batch { ticket, works });
        true
    }

    fn next(&mut self) -> Option<W> {
        let batch = self.batches.iter_mut().min_by_key(|batch| batch.works.len())?;
        let work = batch.works.pop_front();
        self.batches.retain(|batch| !batch.works.is_empty());
        work
    }

    fn take_back(&mut self, ticket: Ticket) -> bool {
        let before = self.batches.len();
        self.batches.retain(|batch| batch.ticket != ticket);
        self.batches.len() < before
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn home(number: u8) -> Household {
        Household::of(IpAddr::V4(Ipv4Addr::new(10, 0, 0, number)))
    }

    fn line(guests: usize, intakes: usize) -> Line<&'static str> {
        let number = |number| NonZeroUsize::new(number).expect("not nothing");
        Line::new(number(guests), number(intakes))
    }

    /// All that is left, in the order in which it is done.
    fn rest(line: &mut Line<&'static str>) -> Vec<&'static str> {
        std::iter::from_fn(|| line.next().map(|(_, work)| work)).collect()
    }

    #[test]
    fn guests_and_intakes_take_turns_while_both_wait() {
        let mut line = line(9, 9);
        for guest in ["g1", "g2"] {
            assert_eq!(line.add_guest(home(1), guest).1, None);
        }
        line.add_intake(["i1", "i2", "i3", "i4"].into());
        assert_eq!((line.waiting(Queue::Guests), line.waiting(Queue::Intakes)), (2, 4));
        assert_eq!(rest(&mut line), ["g1", "i1", "g2", "i2", "i3", "i4"]);
        assert_eq!((line.waiting(Queue::Guests), line.waiting(Queue::Intakes)), (0, 0));
        // Whoever was alone has had its turn.
        line.add_guest(home(1), "g3");
        line.add_intake(["i5"].into());
        assert_eq!(rest(&mut line), ["g3", "i5"]);
    }

    #[test]
    fn households_take_turns_however_many_one_sends() {
        let mut line = line(9, 1);
        for (number, guest) in [(1, "a1"), (1, "a2"), (1, "a3"), (2, "b1"), (2, "b2"), (3, "c1")] {
            assert_eq!(line.add_guest(home(number), guest).1, None);
        }
        assert_eq!(line.next(), Some((Queue::Guests, "a1")));
        assert_eq!(line.add_guest(home(4), "d1").1, None);
        assert_eq!(rest(&mut line), ["b1", "c1", "a2", "d1", "b2", "a3"]);
    }

    #[test]
    fn a_full_line_has_room_for_who_has_less_waiting_than_others() {
        let mut line = line(4, 1);
        for guest in ["a1", "a2", "a3"] {
            assert_eq!(line.add_guest(home(1), guest).1, None);
        }
        assert_eq!(line.add_guest(home(2), "b1").1, None);
        assert_eq!(line.add_guest(home(1), "a4").1, Some("a4"), "there is nobody with more");
        assert_eq!(line.add_guest(home(3), "c1").1, Some("a3"), "the last of those with the most");
        assert_eq!(line.add_guest(home(2), "b2").1, Some("b2"), "it would have as many as it displaces");
        assert_eq!(line.waiting(Queue::Guests), 4);
        assert_eq!(line.add_guest(home(4), "d1").1, Some("a2"));
        assert_eq!(line.add_guest(home(5), "e1").1, Some("e1"), "each has one");
        assert_eq!(rest(&mut line), ["a1", "b1", "c1", "d1"]);
    }

    #[test]
    fn the_intake_with_the_fewest_left_is_done_first() {
        let mut line = line(1, 2);
        line.add_intake(["a1", "a2", "a3"].into());
        assert_eq!(line.next().map(|(_, work)| work), Some("a1"));
        line.add_intake(["b1"].into());
        assert_eq!(line.add_intake(["c1"].into()), None, "there are two");
        assert_eq!(line.next().map(|(_, work)| work), Some("b1"));
        line.add_intake(["d1", "d2"].into());
        assert_eq!(rest(&mut line), ["a2", "a3", "d1", "d2"], "of equal ones the older");
    }

    #[test]
    fn who_goes_away_frees_its_place() {
        let mut line = line(2, 1);
        let (first, _) = line.add_guest(home(1), "a1");
        line.add_guest(home(2), "b1");
        assert!(line.take_back(Queue::Guests, first));
        assert!(!line.take_back(Queue::Guests, first), "it is gone");
        assert_eq!(line.add_guest(home(3), "c1").1, None);

        let intake = line.add_intake(["i1", "i2"].into()).expect("the first");
        assert_eq!(line.add_intake(["j1"].into()), None);
        assert!(line.take_back(Queue::Intakes, intake));
        assert!(line.add_intake(["k1"].into()).is_some());
        assert_eq!(rest(&mut line), ["b1", "k1", "c1"]);
    }
}
