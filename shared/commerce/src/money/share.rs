use std::cmp::Reverse;

use super::won::Won;

/// 최대잔여 배분: splits a total over weights so that the parts add up to it exactly.
///
/// Every part is its exact share rounded down or up; what rounding down leaves over goes, one won each, to
/// the largest remainders, and among equal ones to those that come first.
/// A total of 0 is all zeros. `None` for a negative total or weight, and for a total no weight can carry.
pub fn spread_by_weight(total: Won, weights: &[i64]) -> Option<Vec<Won>> {
    let mut spreader = Spreader::default();
    spreader.spread(total, weights)?;
    Some(spreader.parts)
}

/// Splits one total after the other, each as [`spread_by_weight`] does, in room that is used again.
#[derive(Debug, Default)]
pub struct Spreader {
    parts: Vec<Won>,
    ranked: Vec<(Reverse<u64>, usize)>,
}

impl Spreader {
    /// The parts, in the order of the weights.
    pub fn spread(&mut self, total: Won, weights: &[i64]) -> Option<&[Won]> {
        self.parts.clear();
        if total.is_negative() || weights.iter().any(|weight| *weight < 0) {
            return None;
        }
        if total.is_zero() {
            self.parts.resize(weights.len(), Won::ZERO);
            return Some(&self.parts);
        }
        let weight_sum: i128 = weights.iter().copied().map(i128::from).sum();
        if weight_sum == 0 {
            return None;
        }
        let heaviest = weights.iter().copied().max()?;
        let everyday =
            u64::try_from(weight_sum).ok().filter(|_| total.amount().checked_mul(heaviest).is_some());
        // Products of everyday amounts fit into 64 bits, where a division costs a fraction of the wide one.
        match everyday {
            Some(weight_sum) => {
                let divisor = Divisor::of(weight_sum);
                largest_remainders(total, weights, &mut self.parts, &mut self.ranked, |weight| {
                    let (part, remainder) = divisor.divide((total.amount() * weight).unsigned_abs());
                    Some((i64::try_from(part).ok()?, remainder))
                })?;
            }
            None => largest_remainders(total, weights, &mut self.parts, &mut Vec::new(), |weight| {
                let exact = i128::from(total.amount()) * i128::from(weight);
                Some((i64::try_from(exact / weight_sum).ok()?, exact % weight_sum))
            })?,
        }
        Some(&self.parts)
    }
}

/// Fills the empty `parts`. `share` gives a weight's part rounded down, and what the rounding cut off.
fn largest_remainders<R: Ord>(
    total: Won,
    weights: &[i64],
    parts: &mut Vec<Won>,
    ranked: &mut Vec<(Reverse<R>, usize)>,
    share: impl Fn(i64) -> Option<(i64, R)>,
) -> Option<()> {
    ranked.clear();
    let mut left_over = total.amount();
    for (place, weight) in weights.iter().enumerate() {
        let (part, remainder) = share(*weight)?;
        left_over -= part;
        parts.push(Won::new(part));
        ranked.push((Reverse(remainder), place));
    }
    let left_over = usize::try_from(left_over).ok()?;
    if let Some(last) = left_over.checked_sub(1) {
        // Only who is among the first matters, not their order; the place breaks ties.
        ranked.select_nth_unstable(last);
    }
    for (_, place) in ranked.iter().take(left_over) {
        let part = parts.get_mut(*place)?;
        *part = part.checked_add(Won::new(1))?;
    }
    Some(())
}

/// Divides many numbers by the same one, with a multiplication in place of each division.
struct Divisor {
    divisor: u64,
    /// The whole part of 2^64 / divisor, or one less.
    reciprocal: u64,
}

impl Divisor {
    /// The divisor is not 0.
    fn of(divisor: u64) -> Self {
        Self { divisor, reciprocal: u64::MAX / divisor }
    }

    /// Quotient and remainder, exactly.
    fn divide(&self, number: u64) -> (u64, u64) {
        let product = u128::from(number) * u128::from(self.reciprocal);
        let mut quotient = u64::try_from(product >> 64).unwrap_or(u64::MAX);
        let mut remainder = number - quotient * self.divisor;
        // The reciprocal is a little too small, so the quotient may be short by two.
        while remainder >= self.divisor {
            remainder -= self.divisor;
            quotient += 1;
        }
        (quotient, remainder)
    }
}

/// 잔여할인액: what a line of `units` still carries of its discount while `units_left` are left of it,
/// rounded up.
///
/// It depends on nothing but these three, so cancels in any split and order come to the same.
/// `None` unless `0 ≤ units_left ≤ units`, `units > 0` and the discount is not negative.
pub fn carried_by(discount: Won, units_left: i64, units: i64) -> Option<Won> {
    if discount.is_negative() || units <= 0 || !(0..=units).contains(&units_left) {
        return None;
    }
    let product = i128::from(discount.amount()) * i128::from(units_left);
    let units = i128::from(units);
    let carried = (product + units - 1).div_euclid(units);
    i64::try_from(carried).ok().map(Won::new)
}

/// 적립회수액: what a line gives back of what it earned when, of its `units`, those gone rise from `gone_before` to
/// `gone`. What is kept back in rounding follows with the last unit.
///
/// It depends on nothing but these four, so cancels in any split and order give back the same.
/// `None` unless `0 ≤ gone_before ≤ gone ≤ units`, `units > 0` and the amount is not negative.
pub fn given_back(earned: Won, gone_before: i64, gone: i64, units: i64) -> Option<Won> {
    if earned.is_negative() || units <= 0 || gone_before < 0 || gone_before > gone || gone > units {
        return None;
    }
    let portion = |gone: i64| {
        let product = i128::from(earned.amount()) * i128::from(gone);
        i64::try_from(product.div_euclid(i128::from(units))).ok().map(Won::new)
    };
    portion(gone)?.checked_sub(portion(gone_before)?)
}
