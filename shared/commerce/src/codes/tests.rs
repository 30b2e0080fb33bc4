use std::collections::BTreeSet;

use crate::*;

/// Holds one table against its number and its wire forms, and walks every code both ways.
macro_rules! check {
    ($name:ident, $table:literal, $wires:expr) => {{
        assert_eq!($name::TABLE, $table);
        let wires: Vec<&str> = $name::ALL.iter().map(|code| code.wire()).collect();
        assert_eq!(wires, $wires, "{}", $table);
        let codes: BTreeSet<&str> = $name::ALL.iter().map(|code| code.code()).collect();
        assert_eq!(codes.len(), $name::ALL.len(), "{} has a code twice", $table);
        for code in $name::ALL.iter().copied() {
            assert_eq!($name::from_code(code.code()), Some(code));
            assert_eq!($name::from_wire(code.wire()), Some(code));
            assert_eq!(code.to_string(), code.code());
            assert_eq!(code.label(), code.label().trim());
            assert!(!code.label().is_empty());
            let json = serde_json::to_string(&code).unwrap();
            assert_eq!(json, format!("\"{}\"", code.wire()));
            assert_eq!(serde_json::from_str::<$name>(&json).unwrap(), code);
        }
        for stranger in ["", "99", " 10", "x", "CORP"] {
            assert_eq!($name::from_code(stranger), None);
            let refused = serde_json::from_value::<$name>(stranger.into()).unwrap_err().to_string();
            assert_eq!(refused, format!("`{stranger}` is not a code of table {}", $table));
        }
        let refused = serde_json::from_str::<$name>("10").unwrap_err().to_string();
        let expected = format!("invalid type: integer `10`, expected a code of table {}", $table);
        assert!(refused.starts_with(&expected), "{refused}");
    }};
}

#[test]
fn tables_of_the_seed_hold_its_codes() {
    check!(MemberGrade, "ME008", ["10", "20", "30", "40", "50"]);
    check!(MileageReason, "ME020", ["21", "22", "23", "24", "29", "50", "58"]);
    check!(PromotionType, "MK002", ["11", "12", "13", "14", "15", "20", "21", "40"]);
    check!(GiftEventType, "MK012", ["10", "20"]);
    check!(OrderMedia, "OM007", ["10", "20", "30", "40", "50", "60"]);
    check!(DeliveryProcess, "PR008", ["CNTR_DLV", "CORP_DLV", "E_COUPON_DLV"]);
    check!(DiscountKind, "fixamtFxrtGbCd", ["01", "02"]);
}

#[test]
fn tables_of_orders_and_claims_hold_the_contracts_codes() {
    check!(LineStatus, "OM005", ["10", "11", "12", "13", "15", "16", "19", "36", "37"]);
    check!(ClaimStatus, "claimStatCd", ["10", "20", "30", "90"]);
    check!(ClaimStage, "claimStgCd", ["10", "20", "30"]);
    check!(ClaimType, "claimBusinessType", ["10", "11", "20", "22", "30"]);
    let reasons = ["251", "252", "253", "258", "259", "260", "270", "271", "272", "273", "274", "275", "276"];
    check!(ClaimReason, "claimRsnCd", reasons);
    check!(Blame, "imptDivCd", ["10", "20", "30"]);
    check!(CostKind, "ordCostGbCd", ["10", "20", "30", "40", "50", "90"]);
    check!(ReturnProgress, "OM005", ["13", "15", "22", "31", "33", "34", "36", "37", "38", "39"]);
    check!(EndReason, "endRsnCd", ["10", "20", "30", "40", "50"]);
    check!(CollectionMethod, "wthdMthdCd", ["10", "20", "30", "40"]);
    let refusals = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];
    check!(RejectReason, "rjtRsnCd", refusals);
    check!(RefundMethod, "rfdMethCd", ["10", "20"]);
    let changes = ["FAULT", "METHOD", "PART", "GIFT", "ORDER", "MONTH", "WAIVED", "LIMIT"];
    check!(CostChange, "chgRsnCd", changes);
    check!(CostBearer, "chrgSubCd", ["10", "20", "30"]);
    check!(RefundStatus, "rfdStatCd", ["10", "20", "30"]);
    check!(SagaStep, "stepCd", ["ORDER", "REFUND", "STOCK", "COUPON", "ACCM", "MILEAGE", "NOTI"]);
    check!(SagaStepStatus, "stepStatCd", ["10", "20", "30"]);
    check!(RequesterRole, "reqRoleCd", ["MEMBER", "GUEST", "AGENT", "ADMIN", "SERVICE"]);
    let acts = [
        "REQUEST", "APPROVE", "REJECT", "WITHDRAW", "COLLECT", "HOLD", "INVOICE", "ACCOUNT", "INSPECT",
        "SETTLE", "SHIP", "CONVERT", "RETRY",
    ];
    check!(ClaimAct, "actCd", acts);
}

#[test]
fn the_other_tables_hold_the_contracts_codes() {
    check!(CouponStatus, "useStatCd", ["10", "20", "30"]);
    check!(AccrualTargetType, "targetTypCd", ["GOODS", "BRAND", "STD_CTG", "DISP_CTG", "ENTR", "CHL", "ALL"]);
    check!(PayMeans, "payMeansCd", ["10", "20", "30", "40", "50", "60", "70"]);
    check!(SaleStatus, "PR005", ["10", "20", "30", "40"]);
    check!(InquiryStatus, "cnslStatCd", ["10", "20", "30"]);
    check!(ListOrder, "sortCd", ["10", "20"]);
    check!(Channel, "chnlCd", ["10", "20", "30", "40"]);
    check!(SendStatus, "sendStatCd", ["10", "20", "30"]);
    check!(Yn, "Yn", ["Y", "N"]);
}

#[test]
fn a_label_is_the_korean_doc_comment() {
    assert_eq!(OrderMedia::CallCentre.label(), "전화상담(CC)");
    assert_eq!(InquiryStatus::Answered.label(), "답변완료");
    assert_eq!(MemberGrade::Vvip.label(), "VVIP");
}

#[test]
fn the_delivery_process_travels_under_a_name_and_is_kept_under_a_code() {
    assert_eq!(DeliveryProcess::ECoupon.code(), "30");
    assert_eq!(DeliveryProcess::ECoupon.wire(), "E_COUPON_DLV");
    assert_eq!(DeliveryProcess::from_wire("30"), None);
    assert_eq!(DeliveryProcess::from_code("E_COUPON_DLV"), None);
}

#[test]
fn a_status_call_moves_lines_forward_or_leaves_them() {
    use LineStatus::*;
    let way = [AwaitingPayment, OrderComplete, Preparing, Shipped, Delivered, PurchaseConfirmed];
    for (at, here) in way.iter().enumerate() {
        for (to, there) in way.iter().enumerate() {
            assert_eq!(here.may_move_to(*there), at <= to, "{here} to {there}");
        }
        for off_the_way in [Cancelled, Collected, ReturnComplete] {
            assert!(!here.may_move_to(off_the_way) && !off_the_way.may_move_to(*here));
        }
    }
}

#[test]
fn only_lines_before_shipping_can_be_cancelled_and_only_delivered_ones_are_with_the_customer() {
    let of = |predicate: fn(LineStatus) -> bool| -> Vec<&str> {
        LineStatus::ALL.iter().filter(|status| predicate(**status)).map(|status| status.code()).collect()
    };
    assert_eq!(of(LineStatus::awaits_payment), ["10"]);
    assert_eq!(of(LineStatus::is_before_shipping), ["10", "11", "12"]);
    assert_eq!(of(LineStatus::is_delivered), ["15", "16"]);
}

#[test]
fn the_vendor_answers_for_missing_stock_and_wrong_information_only() {
    for reason in ClaimReason::ALL {
        let expected = if reason.code() >= "270" { Blame::Vendor } else { Blame::Customer };
        assert_eq!(reason.blame(), expected, "{reason}");
    }
}

#[test]
fn cancels_and_returns_take_quantity_and_option_changes_and_exchanges_do_not() {
    let taking: Vec<_> =
        ClaimType::ALL.iter().filter(|kind| kind.takes_quantity()).map(|kind| kind.code()).collect();
    assert_eq!(taking, ["10", "20", "22"]);
}

#[test]
fn a_discount_stands_on_a_line_or_on_the_order_or_is_none_of_its_price() {
    let of = |predicate: fn(PromotionType) -> bool| -> Vec<&str> {
        PromotionType::ALL.iter().filter(|kind| predicate(**kind)).map(|kind| kind.code()).collect()
    };
    assert_eq!(of(PromotionType::is_line_discount), ["11", "13", "20", "21"]);
    assert_eq!(of(PromotionType::is_order_promotion), ["12"]);
}
