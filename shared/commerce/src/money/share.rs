use super::won::Won;

/// 최대잔여 배분: splits a total over weights so that the parts add up to it exactly.
///
/// Every part is its exact share rounded down or up; what rounding down leaves over goes, one won each, to
/// the largest remainders, and among equal ones to those that come first.
/// A total of 0 is all zeros. `None` for a negative total or weight, and for a total no weight can carry.
pub fn spread_by_weight(total: Won, weights: &[i64]) -> Option<Vec<Won>> {
    if total.is_negative() || weights.iter().any(|weight| *weight < 0) {
        return None;
    }
    if total.is_zero() {
        return Some(vec![Won::ZERO; weights.len()]);
    }
    let weight_sum: i128 = weights.iter().copied().map(i128::from).sum();
    if weight_sum == 0 {
        return None;
    }

    let exact = |weight: i64| i128::from(total.amount()) * i128::from(weight);
    let mut parts = weights
        .iter()
        .map(|weight| i64::try_from(exact(*weight).div_euclid(weight_sum)).ok())
        .collect::<Option<Vec<i64>>>()?;
    let left_over = total.amount() - parts.iter().sum::<i64>();

    // The sort is stable, so equal remainders stay in the order of the weights.
    let mut by_remainder: Vec<_> = parts
        .iter_mut()
        .zip(weights.iter().map(|weight| exact(*weight).rem_euclid(weight_sum)))
        .collect();
    by_remainder.sort_by_key(|(_, remainder)| std::cmp::Reverse(*remainder));
    for (part, _) in by_remainder.into_iter().take(usize::try_from(left_over).ok()?) {
        *part += 1;
    }
    Some(parts.into_iter().map(Won::new).collect())
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
