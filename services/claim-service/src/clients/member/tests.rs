use dto::order::OrderSnapshot;
use serde_json::{Value, json};

use crate::clients::member::current;
use crate::store::order::terms::read_copy;

fn snapshot() -> Value {
    let order: Value = serde_json::from_str(include_str!("../../../tests/it/order.json")).unwrap();
    let line = json!({"ordSeq": 1, "ordDtlStatCd": "12", "itmNo": "002", "itmNm": "화이트/L", "cnclQty": 0, "rtnQty": 0,
        "dlvdDtm": null});
    json!({"order": order, "lineList": [line], "masked": false})
}

#[test]
fn a_copy_reads_back_as_the_order_and_holds_nothing_personal() {
    let snapshot: OrderSnapshot = serde_json::from_value(snapshot()).unwrap();
    let current = current(snapshot).unwrap();
    for personal in ["홍길동", "1234", "5678", "gildong", "테헤란로", "06236", "****", "cardNo\":\""] {
        assert!(!current.copy.terms.contains(personal), "{personal} in {}", current.copy.terms);
    }
    let pinned = read_copy(&current.copy).unwrap();
    assert_eq!(pinned.discount_of(1).unwrap().amount(), 11_000);
    assert_eq!(pinned.discount_of(2), None);
    assert_eq!(pinned.order.payments().len(), 2);
    assert_eq!(pinned.order.gifts().len(), 1);
    let order = pinned.order.with_line_states(&current.line_states);
    let line = order.line(1).unwrap();
    assert_eq!((line.status.code(), line.item_no.as_str()), ("12", "002"));
}
