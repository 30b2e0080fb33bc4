//! 적립 가능 상품 (rule 1): goods excluded from mileage earn nothing, today's exclusions for claims too.

use super::{CompiledPolicy, OrderToAccrue};

/// The places of the goods that may earn, in the order of the request.
pub(super) fn places<'a>(
    policy: &'a CompiledPolicy,
    order: &'a OrderToAccrue<'a>,
) -> impl Iterator<Item = usize> + 'a {
    order
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !policy.is_excluded(line.goods_no))
        .map(|(place, _)| place)
}
