//! Bodies as large as their operation takes, full of the cheapest element of one of its lists.

use bytes::Bytes;
use contract::operations::{BULK_LIMIT, Operation, Upstream, claim, member, promotion};
use local_stack::environment::Process;
use local_stack::failure::Failure;

use super::{Field, Goals, Row};
use crate::goals;
use crate::wire::{Ask, HOME};

/// One list of one operation.
struct Case {
    operation: &'static Operation,
    /// What stands in front of the elements and behind them.
    around: (&'static str, &'static str),
    element: &'static str,
    /// Taken in everyday runs too.
    everyday: bool,
}

const fn case(
    operation: &'static Operation,
    front: &'static str,
    element: &'static str,
    back: &'static str,
) -> Case {
    Case { operation, around: (front, back), element, everyday: false }
}

const fn everyday(case: Case) -> Case {
    Case { everyday: true, ..case }
}

/// Of everything whose parts are named here, what an accumulation needs.
macro_rules! basket {
    ($rest:literal) => {
        concat!(
            r#"{"mbrNo":"100009999","mbrGradeCd":"30","ordMediaCd":"20","baseDtm":"2026-01-01T10:00:00+09:00","#,
            $rest
        )
    };
}
/// And an order.
macro_rules! order {
    ($rest:literal) => {
        concat!(
            r#"{"orders":[{"ordNo":"20260105O000001","siteNo":"1","mbrNo":"100009999","mbrGradeCd":"30","ordManNm":"홍길동","#,
            r#""cellSctNo":"010","cellTxnoNo":"1234","cellEndNo":"5678","emailAddr":null,"ordMediaCd":"30","#,
            r#""ordDtm":"2026-01-01T10:00:00+09:00","dlvpList":[],"deliGrpList":[],"#,
            $rest
        )
    };
}

const ACCUMULATION: &Operation = &promotion::PROMOTION_ACCUMULATION;
const POLICIES: &Operation = &promotion::PUT_ACCUMULATION_POLICIES;
const COUPONS: &Operation = &promotion::POST_COUPONS;
const ORDERS: &Operation = &member::ORDERS;
const GOODS: &Operation = &claim::GOODS;
const CLAIMS: &Operation = &claim::CLAIMS;

const GOODS_ELEMENT: &str = r#"{"goodsNo":"1","itmNo":"1","purchaseAmt":0,"stdCtgNo":"","dispCtgNo":"","brandNo":"","entrNo":"","chlNo":""}"#;

const CASES: &[Case] = &[
    everyday(case(
        ACCUMULATION,
        basket!(r#""goodsList":[],"ordGoodsInfoList":["#),
        r#"{"basketGoods":{}}"#,
        "]}",
    )),
    case(ACCUMULATION, basket!(r#""goodsList":[],"ordGoodsInfoList":["#), "{}", "]}"),
    case(ACCUMULATION, basket!(r#""goodsList":["#), "{}", "]}"),
    case(ACCUMULATION, basket!(r#""goodsList":["#), GOODS_ELEMENT, "]}"),
    case(ACCUMULATION, basket!(r#""goodsList":[],"ordAccmList":["#), "{}", "]}"),
    case(
        ACCUMULATION,
        basket!(r#""goodsList":[],"ordGoodsInfoList":[{"basketGoods":{},"aeEvtList":["#),
        "null",
        "]}]}",
    ),
    case(
        ACCUMULATION,
        basket!(
            r#""goodsList":[],"ordGoodsInfoList":[{"basketGoods":{},"aplyGoodsBnfInfo":{"goodsNo":"1","itmNo":"1","dcAmt":0,"benefitList":["#
        ),
        "{}",
        "]}}]}",
    ),
    case(
        ACCUMULATION,
        basket!(
            r#""goodsList":[],"benefitOrderPromotionInfo":{"promoNo":"1","promoNm":"","promoTypCd":"40","ourChrgRate":0,"entrChrgRate":0,"fixamtFxrtGbCd":"10","dcAmt":0,"goods":["#
        ),
        r#"{"goodsNo":"1","itmNo":"1","dcAmt":0}"#,
        "]}}",
    ),
    everyday(case(ORDERS, r#"{"orders":["#, "{}", "]}")),
    case(ORDERS, order!(r#""payList":[],"goodsList":["#), "{}", "]}]}"),
    case(ORDERS, order!(r#""goodsList":[],"payList":["#), "{}", "]}]}"),
    case(
        ORDERS,
        order!(r#""goodsList":[],"payList":["#),
        r#"{"payNo":"1","payMeansCd":"10","payAmt":0,"sctnCnclPsbYn":"Y"}"#,
        "]}]}",
    ),
    case(ORDERS, order!(r#""goodsList":[],"payList":[],"ordAccmList":["#), "{}", "]}]}"),
    case(ORDERS, order!(r#""goodsList":[],"payList":[],"giftList":["#), "{}", "]}]}"),
    everyday(case(GOODS, r#"{"goods":["#, "{}", "]}")),
    case(
        GOODS,
        r#"{"goods":[{"goodsNo":"1","goodsNm":"","salePrc":0,"saleStatCd":"10","rsvGoodsYn":"N","itms":["#,
        r#"{"itmNo":"1","itmNm":"","itmSaleStatCd":"10","addPrc":0,"stkQty":0}"#,
        "]}]}",
    ),
    case(COUPONS, r#"{"coupons":["#, "{}", "]}"),
    case(POLICIES, r#"{"grades":["#, "{}", "]}"),
    case(POLICIES, r#"{"goodsMileages":["#, "{}", "]}"),
    everyday(case(POLICIES, r#"{"mileageExcludedGoods":["#, r#""1""#, "]}")),
    case(CLAIMS, r#"{"claims":["#, "{}", "]}"),
    everyday(case(
        CLAIMS,
        r#"{"claims":[{"claimNo":"20260105C000001","ordNo":"20260105O000001","claimBusinessType":"10","claimStatCd":"30","claimRsnCd":"251","reqDtm":"2026-01-01T10:00:00+09:00","goodsList":["#,
        "{}",
        "]}]}",
    )),
];

impl Case {
    fn process(&self) -> Process {
        let name = self.operation.upstream.map(Upstream::service_name);
        Process::SERVICES.into_iter().find(|process| Some(process.name()) == name).unwrap_or(Process::Gateway)
    }

    /// The list is named by what stands right in front of it.
    fn name(&self) -> String {
        let list = self.around.0.rsplit('"').nth(1).unwrap_or_default();
        let element: String = self.element.chars().take(18).collect();
        format!("{} {list} {element}", self.operation.id)
    }

    fn ask(&self, token: &str) -> Ask {
        let path = self.operation.path.replace("{siteNo}", "9");
        let body = full(self.around.0, self.element, self.around.1, BULK_LIMIT);
        Ask::new(self.operation.method.as_str(), &path, HOME, body).by(token)
    }
}

impl Field<'_> {
    pub(super) async fn lists(&self) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::new();
        for case in CASES.iter().filter(|case| case.everyday || self.settings.is_full()) {
            let process = case.process();
            let memory = self.house.base(process) + goals::adapted(goals::LISTS_OVER_BASE);
            let goals = Goals { memory: Some(memory), refusal: Some(goals::REFUSAL_BYTES), answers: true };
            let ask = case.ask(&self.callers.attacking_shop);
            let attack = async { vec![ask.send(self.house.gateway()).await] };
            rows.push(self.against(process, case.name(), goals, attack).await);
        }
        Ok(rows)
    }
}

/// As many elements as `limit` bytes have room for.
pub(super) fn full(front: &str, element: &str, back: &str, limit: usize) -> Bytes {
    let mut body = Vec::with_capacity(limit);
    body.extend_from_slice(front.as_bytes());
    body.extend_from_slice(element.as_bytes());
    while body.len() + 1 + element.len() + back.len() <= limit {
        body.push(b',');
        body.extend_from_slice(element.as_bytes());
    }
    body.extend_from_slice(back.as_bytes());
    body.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_body_is_json_as_large_as_is_taken() {
        for case in CASES {
            let small = full(case.around.0, case.element, case.around.1, 2_000);
            serde_json::from_slice::<serde_json::Value>(&small)
                .unwrap_or_else(|error| panic!("{}: {error}", case.name()));
            let length = case.ask("").body.len();
            assert!((BULK_LIMIT - 200..=BULK_LIMIT).contains(&length), "{}: {length}", case.name());
            assert_ne!(case.process(), Process::Gateway);
        }
    }
}
