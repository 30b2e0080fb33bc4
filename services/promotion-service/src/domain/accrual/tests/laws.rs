use std::collections::BTreeMap;

use commerce::AccrualTargetType::{self, All, Brand, DisplayCategory, Goods as GoodsTarget, Vendor};
use commerce::{MemberGrade, OrderMedia, Rate, Won, given_back};
use proptest::prelude::*;

use super::super::contenders::Contenders;
use super::super::*;
use super::sample::*;
use crate::domain::accrual_policy::{AccrualPolicy, AccrualRate, GoodsMileage};

fn rate() -> impl Strategy<Value = AccrualRate> {
    prop_oneof![
        3 => (0..=10_000_i64).prop_map(|points| AccrualRate::Rate(Rate::from_basis_points(points).unwrap())),
        // Few values, so that promotions tie.
        3 => (0..5_i64).prop_map(|step| AccrualRate::Rate(Rate::from_basis_points(step * 50).unwrap())),
        2 => (0..6_i64).prop_map(|step| fixed(step * 100)),
    ]
}

fn target() -> impl Strategy<Value = (AccrualTargetType, &'static str)> {
    prop::sample::select(vec![
        (All, ""),
        (Brand, "B01"),
        (Brand, "B02"),
        (DisplayCategory, "C01"),
        (Vendor, "E02"),
        (GoodsTarget, "G3"),
        (GoodsTarget, "no such goods"),
    ])
}

prop_compose! {
    fn some_mileage()(
        rate in rate(),
        targets in prop::collection::vec(target(), 0..4),
        most in prop::option::of(0..4_i64),
        is_for_gold in prop::bool::weighted(0.9),
        is_for_pc in prop::bool::weighted(0.9),
        is_over in prop::bool::weighted(0.1),
    ) -> GoodsMileage {
        let mut mileage = mileage("P", rate, &targets);
        mileage.most = most.map(|step| Won::new(step * 150));
        mileage.grades = if is_for_gold { vec![] } else { vec![MemberGrade::Vip] };
        mileage.media = if is_for_pc { vec![] } else { vec![OrderMedia::IosApp] };
        if is_over {
            mileage.ends_at = at("2026-08-01T00:59:59Z");
        }
        mileage
    }
}

prop_compose! {
    fn some_policy()(
        has_base in any::<bool>(), base_points in 0..=10_000_i64, grade_points in 0..=10_000_i64, threshold in 0..200_000_i64,
        // Often more than a target's list may be long without being thinned out.
        mut mileages in prop::collection::vec(some_mileage(), 0..40),
    ) -> AccrualPolicy {
        let text = |points| Rate::from_basis_points(points).unwrap().to_percent_text();
        for (number, mileage) in mileages.iter_mut().enumerate() {
            mileage.promotion.no = no(&format!("P{number}"));
        }
        AccrualPolicy {
            base: has_base.then(|| base(&text(base_points))),
            grades: vec![grade(MemberGrade::Gold, threshold, &text(grade_points))],
            goods_mileages: mileages,
            excluded_goods: vec![],
        }
    }
}

prop_compose! {
    fn some_goods()(
        amount in prop_oneof![4 => 0..100_000_i64, 1 => Just(1_000_000_000_000_i64), 1 => Just(10_000_i64)],
        share in prop_oneof![Just(0), 0..20_000_i64],
        brand in prop::sample::select(vec!["B01", "B02", "B03"]),
        category in prop::sample::select(vec!["C01", "C02"]),
        vendor in prop::sample::select(vec!["E01", "E02"]),
        named in prop::option::weighted(0.2, 0..45_usize),
    ) -> Goods {
        Goods {
            share,
            brand: brand.to_owned(),
            category: category.to_owned(),
            vendor: vendor.to_owned(),
            named: named.map(|number| no(&format!("P{number}"))),
            ..goods("G", amount)
        }
    }
}

/// Goods G0, G1, … of an order.
fn some_order() -> impl Strategy<Value = Vec<Goods>> {
    prop::collection::vec(some_goods(), 0..14).prop_map(|mut order| {
        for (number, goods) in order.iter_mut().enumerate() {
            goods.goods_no = commerce::GoodsNo::parse(&format!("G{number}")).unwrap();
        }
        order
    })
}

/// What each goods earns of each entry.
fn by_goods(goods: &[Goods], rows: &[Row]) -> BTreeMap<(String, String), i64> {
    let mut shares = BTreeMap::new();
    for (_, promotion, _, _, parts) in rows {
        for (place, amount) in parts {
            shares.insert((promotion.clone(), goods[*place].goods_no.to_string()), *amount);
        }
    }
    shares
}

fn without_shares(rows: &[Row]) -> Vec<(AccrualKind, &str, i64, i64)> {
    rows.iter()
        .map(|(kind, number, amount, standard, _)| (*kind, number.as_str(), *amount, *standard))
        .collect()
}

proptest! {
    #[test]
    fn parts_add_up_to_their_entry_and_entries_to_the_total(policy in some_policy(), goods in some_order()) {
        let (total, rows) = earned(&policy, &order(&goods));
        for (_, _, amount, _, parts) in &rows {
            prop_assert!(*amount > 0 && parts.iter().all(|(_, part)| *part > 0));
            prop_assert_eq!(parts.iter().map(|(_, part)| part).sum::<i64>(), *amount);
            prop_assert!(parts.is_sorted_by(|one, other| one.0 < other.0));
        }
        prop_assert_eq!(rows.iter().map(|row| row.2).sum::<i64>(), total);
        prop_assert!(rows.is_sorted_by(|one, other| (one.0, &one.1) < (other.0, &other.1)));
    }

    #[test]
    fn no_promotion_gives_more_than_its_cap_and_no_goods_earns_from_two(policy in some_policy(), goods in some_order()) {
        let (_, rows) = earned(&policy, &order(&goods));
        let mut earning = Vec::new();
        for (_, number, amount, _, parts) in rows.iter().filter(|row| row.0 == AccrualKind::GoodsMileage) {
            let mileage = policy.goods_mileages.iter().find(|mileage| mileage.promotion.no.as_str() == number).unwrap();
            prop_assert!(mileage.cap().is_none_or(|cap| *amount <= cap.amount()));
            earning.extend(parts.iter().map(|(place, _)| *place));
        }
        let rows_in_all = earning.len();
        earning.sort_unstable();
        earning.dedup();
        prop_assert_eq!(earning.len(), rows_in_all);
    }

    #[test]
    fn adding_an_excluded_goods_changes_nothing(
        policy in some_policy(), goods in some_order(), excluded in some_goods(), place in any::<prop::sample::Index>(),
    ) {
        let mut policy = policy;
        let excluded = Goods { goods_no: commerce::GoodsNo::parse("X").unwrap(), ..excluded };
        policy.excluded_goods.push(excluded.goods_no.clone());
        let mut with_it = goods.clone();
        with_it.insert(place.index(goods.len() + 1), excluded);
        let (total, rows) = earned(&policy, &order(&goods));
        let (total_with_it, rows_with_it) = earned(&policy, &order(&with_it));
        prop_assert_eq!(total_with_it, total);
        prop_assert_eq!(without_shares(&rows_with_it), without_shares(&rows));
        prop_assert_eq!(by_goods(&with_it, &rows_with_it), by_goods(&goods, &rows));
    }

    #[test]
    fn the_order_of_the_request_only_breaks_ties(
        policy in some_policy(), (goods, shuffled) in some_order().prop_flat_map(|goods| (Just(goods.clone()), Just(goods).prop_shuffle())),
    ) {
        let (total, rows) = earned(&policy, &order(&goods));
        let (total_shuffled, rows_shuffled) = earned(&policy, &order(&shuffled));
        prop_assert_eq!(total_shuffled, total);
        prop_assert_eq!(without_shares(&rows_shuffled), without_shares(&rows));
        let (parts, parts_shuffled) = (by_goods(&goods, &rows), by_goods(&shuffled, &rows_shuffled));
        for key in parts.keys().chain(parts_shuffled.keys()) {
            let of = |parts: &BTreeMap<_, i64>| parts.get(key).copied().unwrap_or(0);
            prop_assert!((of(&parts) - of(&parts_shuffled)).abs() <= 1);
        }
    }

    /// The index and the thinning out are only quicker than looking at every promotion.
    #[test]
    fn a_goods_takes_what_a_look_at_every_promotion_would_choose(policy in some_policy(), goods in some_order()) {
        let order = order(&goods);
        let compiled = CompiledPolicy::compile(policy.clone(), []);
        let mut contenders = Contenders::of(&compiled, &order);
        for (line, goods) in order.lines.iter().zip(&goods) {
            let base = goods.amount - goods.share;
            if base <= 0 {
                continue;
            }
            let chosen = contenders.best_for(line, Won::new(base));
            let chosen = chosen.map(|place| compiled.terms(place).unwrap().promotion.no.clone());
            prop_assert_eq!(chosen, best_of_all(&policy, goods, base));
        }
    }

    /// The order keeps which mileage each goods took and is asked about again, whole, after the policy has changed.
    #[test]
    fn a_claim_for_the_whole_order_comes_to_what_the_order_earned(
        policy in some_policy(), other_policy in some_policy(), goods in some_order(),
    ) {
        let compiled = CompiledPolicy::compile(policy.clone(), []);
        let asked = order(&goods);
        let accrual = accrue(&compiled, &asked).unwrap();
        let promised: Vec<PromisedAccrual<'_>> = accrual
            .entries
            .iter()
            .map(|entry| PromisedAccrual { kind: entry.kind, promise: entry.promise, threshold: entry.standard })
            .collect();

        let mut contenders = Contenders::of(&compiled, &asked);
        let mut claimed = goods.clone();
        for (line, goods) in asked.lines.iter().zip(&mut claimed) {
            let place = contenders.best_for(line, Won::new((goods.amount - goods.share).max(0)));
            goods.named = place.map(|place| compiled.terms(place).unwrap().promotion.no.clone());
        }
        let claim = OrderToAccrue { promised: Some(promised), ..order(&claimed) };
        prop_assert_eq!(rows(&accrue(&compiled, &claim).unwrap()), rows(&accrual));

        // A later policy without these promotions keeps their caps.
        let later = AccrualPolicy { goods_mileages: vec![], ..other_policy };
        let caps = policy.goods_mileages.iter().filter_map(|mileage| Some((mileage.promotion.no.clone(), mileage.cap()?)));
        let later = CompiledPolicy::compile(later, caps);
        prop_assert_eq!(rows(&accrue(&later, &claim).unwrap()), rows(&accrual));
    }
}

proptest! {
    /// Each goods row gives back by its own units (contract, section 5, rule 7), so after every claim exactly as much is
    /// back as one claim for all the units gone would have taken, and with the last unit all that was earned.
    #[test]
    fn an_orders_accumulation_taken_back_in_any_split_comes_to_the_same(
        policy in some_policy(),
        goods in some_order(),
        units in prop::collection::vec(1..8_i64, 14),
        claims in prop::collection::vec(prop::collection::vec(0..8_i64, 14), 0..5),
    ) {
        let (total, rows) = earned(&policy, &order(&goods));
        let shares: Vec<(usize, Won)> =
            rows.iter().flat_map(|row| &row.4).map(|(place, amount)| (*place, Won::new(*amount))).collect();
        let mut gone = vec![0; units.len()];
        let mut taken_back = 0;
        for claim in claims.into_iter().chain([units.clone()]) {
            let before = gone.clone();
            for (place, claimed) in claim.into_iter().enumerate() {
                gone[place] = (gone[place] + claimed).min(units[place]);
            }
            let back = |before: &[i64]| -> i64 {
                let of = |(place, earned): &(usize, Won)| given_back(*earned, before[*place], gone[*place], units[*place]);
                shares.iter().map(|share| of(share).unwrap().amount()).sum()
            };
            prop_assert!(back(&before) >= 0);
            taken_back += back(&before);
            prop_assert_eq!(taken_back, back(&vec![0; units.len()]));
        }
        prop_assert_eq!(taken_back, total);
    }
}

fn best_of_all(policy: &AccrualPolicy, goods: &Goods, base: i64) -> Option<commerce::PromotionNo> {
    let targets = |mileage: &&GoodsMileage| {
        mileage.targets.iter().any(|target| {
            let number = target.number.as_deref().unwrap_or_default();
            match target.kind {
                All => true,
                Brand => number == goods.brand,
                DisplayCategory => number == goods.category,
                Vendor => number == goods.vendor,
                GoodsTarget => number == goods.goods_no.as_str(),
                _ => false,
            }
        })
    };
    let holds = |mileage: &&GoodsMileage| {
        mileage.grades.is_empty() && mileage.media.is_empty() && mileage.ends_at > at("2026-08-01T01:00:00Z")
    };
    let applying: Vec<&GoodsMileage> = policy.goods_mileages.iter().filter(targets).filter(holds).collect();
    if let Some(named) = applying.iter().find(|mileage| Some(&mileage.promotion.no) == goods.named.as_ref()) {
        return Some(named.promotion.no.clone());
    }
    let worth = |mileage: &GoodsMileage| {
        let uncapped = match mileage.rate {
            AccrualRate::Rate(rate) => i128::from(base) * i128::from(rate.basis_points()),
            AccrualRate::Fixed(each) => i128::from(each.amount()) * 10_000,
        };
        mileage.cap().map_or(uncapped, |cap| uncapped.min(i128::from(cap.amount()) * 10_000))
    };
    applying
        .into_iter()
        .min_by_key(|mileage| (std::cmp::Reverse(worth(mileage)), mileage.promotion.no.clone()))
        .map(|mileage| mileage.promotion.no.clone())
}
