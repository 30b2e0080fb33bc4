use contract::operations::{claim, inquiry, member};

use super::*;

#[track_caller]
fn check(method: &str, path: &str, expected: Option<&'static Operation>) {
    let found = match RouteTable::new().unwrap().find(method, path) {
        Route::Operation { operation, .. } => Some(operation),
        _ => None,
    };
    assert_eq!(
        found.map(|operation| operation.id),
        expected.map(|operation| operation.id),
        "{method} {path}"
    );
}

#[test]
fn every_outside_operation_answers_bare_and_under_its_own_prefix_only() {
    for operation in operations::all() {
        let path = operation.path.replace(['{', '}'], "");
        let expected = (operation.access != Access::Internal).then_some(operation);
        check(operation.method.as_str(), &path, expected);
        for prefix in [Prefix::Order, Prefix::Goods, Prefix::BackOffice] {
            let expected = expected.filter(|operation| operation.prefix == prefix);
            check(operation.method.as_str(), &format!("{}{path}", prefix.path().unwrap()), expected);
        }
    }
}

#[test]
fn other_combinations_are_unknown() {
    for path in [
        "/api/order",
        "/api/order/",
        "/api/orderv1/member/getOrdTotAmt",
        "/api/order/api/order/v1/member/getOrdTotAmt",
        "/api/order/api/clm/cncl/ord/inquiry.ssg",
        "/api/order/api/pd/1/listExchangeTarget.ssg",
        "/API/order/v1/member/getOrdTotAmt",
        "/v1/member/getordtotamt",
        "/v2/member/getOrdTotAmt",
        "/api/goods/v1/member/getOrdTotAmt",
        "/internal/members/withdrawal",
        "/api/order/internal/members/withdrawal",
        "/api/order/health/live",
        "/metrics",
    ] {
        assert_eq!(RouteTable::new().unwrap().find("POST", path), Route::UnknownPath, "{path}");
    }
}

#[test]
fn a_wrong_method_is_told_from_an_unknown_path_under_each_prefix() {
    let table = RouteTable::new().unwrap();
    assert_eq!(
        table.find("GET", "/api/order/v1/member/getOrdTotAmt"),
        Route::WrongMethod(vec![Method::Post])
    );
    assert_eq!(table.find("GET", "/api/goods/v1/goods/goods"), Route::WrongMethod(vec![Method::Put]));
    assert_eq!(table.find("POST", "/health/live"), Route::WrongMethod(vec![Method::Get]));
}

#[test]
fn the_path_that_was_routed_on_is_the_one_that_is_sent() {
    let route = RouteTable::new().unwrap().find("POST", "/api/order/v1/order/orders/%32026O1/status");
    let expected =
        Route::Operation { operation: &member::ORDER_STATUS, path: "/v1/order/orders/2026O1/status".into() };
    assert_eq!(route, expected);
}

#[test]
fn an_operation_without_a_rule_or_with_a_foreign_prefix_makes_no_table() {
    const NOBODYS: Operation = Operation { access: Access::Roles(&[]), ..member::GET_ORD_TOT_AMT };
    const MISPLACED: Operation = Operation { prefix: Prefix::Order, ..claim::GOODS };
    const OUTSIDE: Operation = Operation { path: "/admin", ..inquiry::FILES };
    assert!(matches!(RouteTable::of([&NOBODYS]), Err(RouteTableError::NoRule(_))));
    assert!(matches!(RouteTable::of([&MISPLACED]), Err(RouteTableError::Prefix(_))));
    assert!(matches!(RouteTable::of([&OUTSIDE]), Err(RouteTableError::Path(_))));
    assert!(matches!(RouteTable::of([&claim::GOODS, &claim::GOODS]), Err(RouteTableError::Table(_))));
}
