/// Dice that fall the same way on every machine (splitmix64): the shop of one day is one shop.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or_default() + 1;
        low + i64::try_from(self.next() % width).unwrap_or_default()
    }

    pub(super) fn one_in(&mut self, chances: i64) -> bool {
        self.between(1, chances) == 1
    }

    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let last = i64::try_from(choices.len()).unwrap_or_default() - 1;
        let index = usize::try_from(self.between(0, last)).unwrap_or_default();
        choices.get(index).expect("there is something to choose from")
    }
}
