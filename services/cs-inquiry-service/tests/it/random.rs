//! Chance that is the same in every run.

const LETTERS: [char; 8] = ['환', '불', '문', '의', 'a', 'é', '%', ' '];

pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// A text of few different characters, so that parts come again.
    pub(crate) fn text(&mut self, longest: u64) -> String {
        let length = 1 + self.below(longest);
        (0..length).map(|_| LETTERS[usize::try_from(self.below(8)).unwrap()]).collect()
    }

    pub(crate) fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(u64::try_from(of.len()).unwrap())).unwrap()]
    }
}
