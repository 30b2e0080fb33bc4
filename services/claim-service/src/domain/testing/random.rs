//! Chance from a seed: a failing case names its seed and can be tried again.

/// SplitMix64.
#[derive(Debug, Clone)]
pub(in crate::domain) struct Random(u64);

impl Random {
    pub(in crate::domain) const fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    pub(in crate::domain) fn between(&mut self, low: i64, high: i64) -> i64 {
        assert!(low <= high, "{low} to {high}");
        let width = u64::try_from(high - low).unwrap() + 1;
        low + i64::try_from(self.next() % width).unwrap()
    }

    pub(in crate::domain) fn one_in(&mut self, chances: i64) -> bool {
        self.between(1, chances) == 1
    }

    pub(in crate::domain) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.between(0, i64::try_from(length).unwrap() - 1)).unwrap()
    }

    pub(in crate::domain) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.index(choices.len())]
    }

    pub(in crate::domain) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.index(last + 1);
            list.swap(last, other);
        }
    }
}

/// How many cases of a law are tried: as many as are usual, or what `CASES` says.
pub(in crate::domain) fn cases(usual: u64) -> u64 {
    std::env::var("CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Runs a law for so many seeds; the first that breaks it is named.
#[track_caller]
pub(in crate::domain) fn for_seeds(count: u64, law: impl Fn(u64, &mut Random)) {
    // `SEED=…` tries one case again.
    let only = std::env::var("SEED").ok().and_then(|text| text.parse().ok());
    let seeds = only.map_or(0..count, |seed| seed..seed + 1);
    for seed in seeds {
        let tried =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| law(seed, &mut Random::seeded(seed))));
        if let Err(reason) = tried {
            eprintln!("the law is broken with SEED={seed}");
            std::panic::resume_unwind(reason);
        }
    }
}
