//! Random walks through claims as large as the rules make them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::domain::cancel::effects_of;
use crate::domain::saga::ClaimSaga;
use crate::domain::saga::tests::world::World;
use crate::domain::testing::generator::{partly_refundable_order, unpaid_order};
use crate::domain::testing::play::some_units;
use crate::domain::testing::random::Random;
use crate::domain::testing::{CUSTOMER, Story, VENDOR, claim_no};

fn saga_of(seed: u64) -> ClaimSaga {
    let random = &mut Random::seeded(seed);
    let order = if random.one_in(5) { unpaid_order(random) } else { partly_refundable_order(random) };
    let mut story = Story::of(order);
    let units =
        if story.order.awaits_payment() { story.everything_left() } else { some_units(&story.order, random) };
    let cost = story.cancel(random.pick(&[CUSTOMER, VENDOR]), &units).unwrap();
    ClaimSaga::of(claim_no(1), effects_of(&cost))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_every_effect_happens_once_and_the_claim_ends(
        seed in any::<u64>(), choices in proptest::collection::vec(any::<usize>(), 0..80),
    ) {
        let mut world = World::of(saga_of(seed));
        let keys: BTreeSet<_> =
            world.saga.tasks().iter().map(|task| world.key_of(&task.effect)).collect();
        prop_assert_eq!(keys.len(), world.saga.tasks().len(), "every task has a key of its own");
        for choice in choices {
            let happenings = world.happenings();
            let next = world.after(&happenings[choice % happenings.len()]);
            next.check();
            world.check_followed_by(&next);
            prop_assert!(next.sent.is_subset(&keys));
            world = next;
        }
        let end = world.run_to_the_end();
        end.check();
        prop_assert!(end.saga.status().is_final());
    }
}
