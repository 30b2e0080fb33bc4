//! Random cancels of an order, and splits of one cancel into several.

use commerce::ClaimReason;

use crate::domain::order::PaidOrder;
use crate::domain::testing::Story;
use crate::domain::testing::random::Random;

/// Units to cancel, by line.
pub(in crate::domain) type Units = Vec<(i32, i64)>;

/// Some units of some lines, at least one.
pub(in crate::domain) fn some_units(order: &PaidOrder, random: &mut Random) -> Units {
    loop {
        let units: Units = order
            .lines()
            .iter()
            .map(|line| {
                (line.seq, if random.one_in(3) { line.quantity } else { random.between(0, line.quantity) })
            })
            .filter(|(_, quantity)| *quantity > 0)
            .collect();
        if !units.is_empty() {
            return units;
        }
    }
}

/// The same units as several requests, in any order.
pub(in crate::domain) fn split(units: &Units, random: &mut Random) -> Vec<Units> {
    let mut single: Vec<i32> =
        units.iter().flat_map(|(seq, quantity)| (0..*quantity).map(|_| *seq)).collect();
    random.shuffle(&mut single);
    let mut requests = Vec::new();
    let mut rest = single.as_slice();
    while !rest.is_empty() {
        let most = i64::try_from(rest.len()).unwrap();
        let count = usize::try_from(if random.one_in(2) { 1 } else { random.between(1, most) }).unwrap();
        let (now, later) = rest.split_at(count);
        let mut request: Units = Vec::new();
        for seq in now {
            match request.iter_mut().find(|(known, _)| known == seq) {
                Some((_, quantity)) => *quantity += 1,
                None => request.push((*seq, 1)),
            }
        }
        requests.push(request);
        rest = later;
    }
    requests
}

/// Executes the requests one after the other and adds up what they come to.
pub(in crate::domain) fn cancel_all(story: &mut Story, reason: ClaimReason, requests: &[Units]) -> i64 {
    requests
        .iter()
        .map(|request| super::net_of(&story.cancel(reason, request).expect("nothing stands in the way")))
        .sum()
}
