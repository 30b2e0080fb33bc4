use std::collections::{BTreeMap, BTreeSet};

use commerce::{LineStatus, Won};
use dto::order::Order;
use serde_json::Value;

use super::*;

fn shop() -> Demo {
    generate(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap())
}

fn orders(shop: &Demo) -> Vec<Order> {
    let rows = shop.document.rows(Part::Orders).unwrap();
    rows.iter()
        .map(|row| serde_json::from_value(row.clone()).unwrap_or_else(|error| panic!("{error}: {row}")))
        .collect()
}

fn sum(amounts: impl IntoIterator<Item = Won>) -> i64 {
    Won::sum(amounts).unwrap().amount()
}

#[test]
fn members_who_can_be_picked_at_the_local_issuer_are_the_shops() {
    let members = people::members();
    for person in crate::issuer::PEOPLE.iter().filter(|person| person.role == "member") {
        let member = members.iter().find(|member| member.mbr_no.as_deref() == Some(person.sub)).unwrap();
        assert_eq!((member.name, member.mbr_grade_cd), (person.name, person.mbr_grade_cd));
    }
}

#[test]
fn what_is_paid_is_what_the_goods_and_their_delivery_cost() {
    for order in orders(&shop()) {
        let goods = sum(order.goods_list.iter().map(|line| line.sale_prc.checked_mul(line.ord_qty).unwrap()));
        let own = sum(order
            .goods_list
            .iter()
            .flat_map(|line| line.benefit_list.iter().map(|benefit| benefit.dc_amt)));
        let shared = sum(order.ord_promotion_list.iter().map(|promotion| promotion.dc_amt));
        let delivery = sum(order.deli_grp_list.iter().map(|group| group.chrg_deli_amt));
        let free = sum(order
            .deli_grp_list
            .iter()
            .filter_map(|group| group.dlv_cpn.as_ref().map(|coupon| coupon.dc_amt)));
        let paid = sum(order.pay_list.iter().map(|payment| payment.pay_amt));
        assert_eq!(paid, goods - own - shared + delivery - free, "{order:?}");
        assert!(order.pay_list.iter().all(|payment| payment.pay_amt.is_positive()), "{order:?}");
    }
}

#[test]
fn no_line_is_discounted_below_nothing_and_shares_add_up() {
    for order in orders(&shop()) {
        for promotion in &order.ord_promotion_list {
            assert_eq!(sum(promotion.goods.iter().map(|goods| goods.dc_amt)), promotion.dc_amt.amount());
        }
        for line in &order.goods_list {
            let share = |promotion: &dto::order::OrderPromotion| {
                sum(promotion
                    .goods
                    .iter()
                    .filter(|goods| goods.ord_seq == line.ord_seq)
                    .map(|goods| goods.dc_amt))
            };
            let taken = sum(line.benefit_list.iter().map(|benefit| benefit.dc_amt))
                + order.ord_promotion_list.iter().map(share).sum::<i64>();
            assert!((0..=line.sale_prc.amount() * line.ord_qty).contains(&taken), "{order:?}");
        }
        for accrual in &order.ord_accm_list {
            assert_eq!(
                sum(accrual.goods_accm_list.iter().map(|goods| goods.accm_amt)),
                accrual.accm_amt.amount()
            );
        }
    }
}

#[test]
fn every_reference_inside_an_order_resolves() {
    for order in orders(&shop()) {
        let addresses: BTreeSet<i32> = order.dlvp_list.iter().map(|address| address.dlvp_seq).collect();
        let groups: BTreeSet<i32> = order.deli_grp_list.iter().map(|group| group.deli_grp_no).collect();
        let lines: BTreeSet<i32> = order.goods_list.iter().map(|line| line.ord_seq).collect();
        assert!(order.deli_grp_list.iter().all(|group| addresses.contains(&group.dlvp_seq)));
        assert!(order.goods_list.iter().all(|line| groups.contains(&line.deli_grp_no)));
        assert!(order.gift_list.iter().filter_map(|gift| gift.ord_seq).all(|seq| lines.contains(&seq)));
        assert!(order.mbr_no.is_some() || order.ord_pwd.is_some());
        assert_eq!(lines.len(), order.goods_list.len());
        let mut conditions = BTreeMap::new();
        for benefit in order.goods_list.iter().flat_map(|line| &line.benefit_list) {
            let identity =
                (benefit.promo_no.as_str(), benefit.cpn_isu_no.as_ref().map(|number| number.as_str()));
            assert_eq!(*conditions.entry(identity).or_insert(benefit.min_buy_amt), benefit.min_buy_amt);
        }
    }
}

#[test]
fn numbers_are_given_once() {
    let shop = shop();
    let orders = orders(&shop);
    let unique =
        |numbers: Vec<String>| assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    unique(orders.iter().map(|order| order.ord_no.to_string()).collect());
    unique(
        orders
            .iter()
            .flat_map(|order| order.pay_list.iter().map(|payment| payment.pay_no.to_string()))
            .collect(),
    );
    for (part, name) in [(Part::Goods, "goodsNo"), (Part::Coupons, "cpnIsuNo"), (Part::Claims, "claimNo")] {
        unique(
            shop.document
                .rows(part)
                .unwrap()
                .iter()
                .map(|row| row[name].as_str().unwrap().to_owned())
                .collect(),
        );
    }
}

#[test]
fn the_shop_has_some_of_everything() {
    let shop = shop();
    let orders = orders(&shop);
    assert!(orders.len() >= 300 && shop.document.rows(Part::Goods).unwrap().len() >= 40);
    assert!(orders.iter().filter(|order| order.mbr_no.is_none()).count() >= 20);
    let grades: BTreeSet<_> = orders.iter().filter_map(|order| order.mbr_grade_cd).collect();
    assert_eq!(grades.len(), 5);

    let mut status: BTreeMap<(String, i32), LineStatus> = BTreeMap::new();
    for order in &orders {
        for line in &order.goods_list {
            status.insert((order.ord_no.to_string(), line.ord_seq), line.ord_dtl_stat_cd);
        }
    }
    for step in &shop.moves {
        for seq in &step.ord_seqs {
            let line = status.get_mut(&(step.ord_no.clone(), i32::try_from(*seq).unwrap())).unwrap();
            let next = LineStatus::from_code(step.status).unwrap();
            assert!(next > *line, "{step:?} after {line:?}");
            *line = next;
        }
    }
    let standing: BTreeSet<&str> = status.values().map(|status| status.code()).collect();
    assert_eq!(standing, BTreeSet::from(["10", "11", "12", "13", "15", "16"]));

    let text = serde_json::to_string(shop.document.rows(Part::Orders).unwrap()).unwrap();
    for kind in ["11", "12", "13", "14", "20", "21"] {
        assert!(text.contains(&format!("\"promoTypCd\":\"{kind}\"")), "no promotion {kind}");
    }
    for means in ["10", "20", "30", "40", "50", "60", "70"] {
        assert!(text.contains(&format!("\"payMeansCd\":\"{means}\"")), "no payment {means}");
    }
    for reason in ["21", "22", "24"] {
        assert!(text.contains(&format!("\"accmGbCd\":\"{reason}\"")), "no accrual {reason}");
    }
    assert!(shop.document.rows(Part::Claims).unwrap().len() >= 10);
}

#[test]
fn nothing_in_the_shop_lies_ahead_of_its_day() {
    let shop = shop();
    let morning = calendar::kst_day_start(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap());
    let time =
        |row: &Value, name: &str| row[name].as_str().map(|text| DateTime::parse_from_rfc3339(text).unwrap());
    let shown = |part, name| {
        shop.document.rows(part).unwrap().iter().filter_map(|row| time(row, name)).collect::<Vec<_>>()
    };
    assert!(shown(Part::Orders, "ordDtm").iter().all(|at| *at < morning));
    assert!(shown(Part::Claims, "cmplDtm").iter().all(|at| *at < morning));
    assert!(shop.moves.iter().all(|step| DateTime::parse_from_rfc3339(&step.dtm).unwrap() < morning));
}

#[test]
fn the_same_day_gives_the_same_shop() {
    assert_eq!(shop().document.rows(Part::Orders), shop().document.rows(Part::Orders));
    assert_eq!(shop().moves, shop().moves);
}

/// Whatever day it is: 14 days are the time to send something back.
#[test]
fn the_delivered_order_can_be_sent_back_when_the_stack_has_just_started() {
    for today in ["2026-11-22", "2027-01-02", "2028-02-29"] {
        let today: NaiveDate = today.parse().unwrap();
        let shop = generate(today);
        let orders = orders(&shop);
        let order = orders.iter().find(|order| order.ord_no.as_str() == KNOWN_DELIVERED_ORDER).unwrap();
        let moves: Vec<_> = shop.moves.iter().filter(|step| step.ord_no == KNOWN_DELIVERED_ORDER).collect();
        let days_ago = |text: &str| {
            let day = calendar::kst_date_of(DateTime::parse_from_rfc3339(text).unwrap().to_utc());
            (today - day).num_days()
        };
        let way: Vec<_> = moves.iter().map(|step| (step.status, days_ago(&step.dtm))).collect();
        assert_eq!(way, [("13", 3), ("15", 2)]);
        assert!(moves.iter().all(|step| step.ord_seqs.len() == order.goods_list.len()));
        assert_eq!((today - calendar::kst_date_of(order.ord_dtm.utc())).num_days(), 5);

        let groups = &order.deli_grp_list;
        assert!(groups.iter().all(|group| group.rtn_deli_amt.is_some() && group.free_std_amt.is_some()));
        let fees: Vec<i64> = groups.iter().map(|group| group.chrg_deli_amt.amount()).collect();
        assert_eq!(fees, [0, 2_500]);
        let catalogue = shop.document.rows(Part::Goods).unwrap();
        for line in &order.goods_list {
            let goods = catalogue.iter().find(|row| row["goodsNo"] == line.goods_no.as_str()).unwrap();
            assert_eq!(
                (&goods["salePrc"], &goods["goodsNm"]),
                (&line.sale_prc.amount().into(), &line.goods_nm.as_str().into())
            );
            let items = goods["itms"].as_array().unwrap();
            assert!(
                items.iter().any(
                    |item| item["itmNo"] == line.itm_no.as_str() && item["itmNm"] == line.itm_nm.as_str()
                )
            );
        }
    }
}

#[test]
fn claims_under_way_are_of_orders_that_were_delivered_to_their_members() {
    let shop = shop();
    let orders = orders(&shop);
    let claimed: BTreeSet<&str> = shop.claims_under_way.iter().map(|claim| claim.ord_no.as_str()).collect();
    assert_eq!(claimed.len(), 9);
    for claim in &shop.claims_under_way {
        let order = orders.iter().find(|order| order.ord_no.as_str() == claim.ord_no).unwrap();
        assert_eq!(order.mbr_no.as_ref().unwrap().as_str(), claim.mbr_no);
        assert_ne!(claim.mbr_no, KNOWN_MEMBER);
        assert!(shop.moves.iter().any(|step| step.ord_no == claim.ord_no && step.status == "15"));
        for coupon in
            [&order.goods_list[0].benefit_list[0].cpn_isu_no, &order.ord_promotion_list[0].cpn_isu_no]
        {
            let number = coupon.as_ref().unwrap().as_str();
            let coupons = shop.document.rows(Part::Coupons).unwrap();
            let row = coupons.iter().find(|row| row["cpnIsuNo"] == number).unwrap();
            assert_eq!(
                (&row["mbrNo"], &row["ordNo"]),
                (&claim.mbr_no.as_str().into(), &claim.ord_no.as_str().into())
            );
        }
    }
    assert_eq!(shop.claims_under_way, self::shop().claims_under_way);
}

#[test]
fn the_orders_that_documents_name_are_there() {
    let shop = shop();
    let orders = orders(&shop);
    let find = |number: &str| orders.iter().find(|order| order.ord_no.as_str() == number).unwrap();
    assert_eq!(find(KNOWN_MEMBER_ORDER).mbr_no.as_ref().unwrap().as_str(), KNOWN_MEMBER);
    assert_eq!(find(KNOWN_GUEST_ORDER).ord_pwd.as_deref(), Some(KNOWN_GUEST_PASSWORD));
    let delivered = find(KNOWN_DELIVERED_ORDER);
    assert_eq!(delivered.mbr_no.as_ref().unwrap().as_str(), KNOWN_MEMBER);
    let coupon = shop
        .document
        .rows(Part::Coupons)
        .unwrap()
        .iter()
        .find(|row| row["cpnIsuNo"] == KNOWN_FREE_RETURN_COUPON);
    let coupon = coupon.unwrap();
    assert_eq!(
        (&coupon["mbrNo"], &coupon["promoTypCd"], &coupon["useStatCd"]),
        (&Value::from(KNOWN_MEMBER), &Value::from("15"), &Value::from("10"))
    );
    let august = |order: &&Order| {
        order.mbr_no.as_ref().is_some_and(|number| number.as_str() == KNOWN_MEMBER)
            && order.ord_no.as_str().starts_with("202608")
    };
    assert_eq!(orders.iter().filter(august).count(), 1);
}
