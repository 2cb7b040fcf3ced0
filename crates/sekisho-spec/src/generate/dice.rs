//! Dice whose every roll follows from one number.

/// The splitmix64 generator. Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators" (2014).
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `sides`, which must not be 0.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % sides).unwrap_or_default()
    }

    /// True in so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    /// One of the items; the default where there are none.
    pub(super) fn pick<T: Clone + Default>(&mut self, items: &[T]) -> T {
        items.get(self.roll(items.len())).cloned().unwrap_or_default()
    }

    /// An item, each as often as its weight says.
    pub(super) fn weighted<T: Copy + Default>(&mut self, items: &[(usize, T)]) -> T {
        let mut left = self.roll(items.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in items {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return *item,
            }
        }
        T::default()
    }
}
