use std::collections::BTreeSet;

use super::*;

/// Every operation a caller outside may know, as the contract's tables list them.
const CONTRACT: &[(&str, &str, &str)] = &[
    // Ours: what the gateway answers itself.
    ("GET", "/v1/common/getLoginInfo", "member guest agent admin service"),
    ("POST", "/v1/member/withdrawalMemberOrderInfo", "member agent admin service"),
    ("POST", "/v1/member/nonMbrOrdPwd", "public"),
    ("POST", "/v1/member/getOrdTotAmt", "member agent admin service"),
    ("POST", "/v1/member/getOrdClaimCnt", "member agent admin service"),
    ("POST", "/v1/member/nonMbrLogin", "public"),
    ("POST", "/v1/order/orders", "service"),
    ("POST", "/v1/order/orders/{ordNo}/status", "service"),
    // Ours: orders as members, guests and agents look at them (docs/adr/0078-orders-to-look-at.md).
    ("POST", "/v1/order/orderListFO", "member guest agent admin service"),
    ("POST", "/v1/order/orderDetailFO", "member guest agent admin"),
    ("POST", "/v1/order/orderMgmt/getOrderMgmtList", "agent admin"),
    ("GET", "/v1/member/notifications", "member agent admin service"),
    ("GET", "/v1/member/notificationMgmt/getNotificationMgmtList", "agent admin"),
    ("GET", "/v1/customerservice/getNotCompletedInquiryCount", "member agent admin service"),
    ("GET", "/v1/customerservice/getInquiryCount", "member agent admin service"),
    ("GET", "/v1/customerservice/getQuestion", "member"),
    ("GET", "/v1/customerservice/getQuestionInit", "public"),
    ("GET", "/v1/customerservice/getQuestionDtl", "member agent admin"),
    ("POST", "/v1/customerservice/searchGoods", "member"),
    ("POST", "/v1/customer/getOrderClaimGoodsList", "member"),
    ("POST", "/v1/customerservice/questionSave", "member"),
    ("PUT", "/v1/customerservice/questionMod", "member"),
    ("POST", "/v1/customerservice/questionMod", "member"),
    ("DELETE", "/v1/customerservice/questionDel", "member"),
    ("POST", "/v1/customerservice/questionDel", "member"),
    ("GET", "/v1/customerservice/files/{fileNo}", "member agent admin"),
    ("POST", "/v1/customerservice/transferQnaSave", "agent admin service"),
    ("GET", "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselList", "agent admin"),
    ("GET", "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselDetail", "agent admin"),
    // Ours: what the desk asks beside that (docs/adr/0073-what-the-desk-asks-all-day.md).
    ("GET", "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselCount", "agent admin"),
    ("GET", "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselState", "agent admin"),
    ("POST", "/v1/customerservice/integratedCounselMgmt/startNextProcess", "agent admin"),
    ("GET", "/v1/customerservice/integratedCounselMgmt/getProcUserList", "admin"),
    ("POST", "/v1/customerservice/integratedCounselMgmt/saveCounselMemo", "agent admin"),
    ("GET", "/v1/customerservice/integratedCounselMgmt/getAnswerDraft", "agent admin"),
    ("GET", "/v1/customerservice/integratedCounselMgmt/getAnswerDraftList", "agent admin"),
    ("POST", "/v1/customerservice/integratedCounselMgmt/saveAnswerDraft", "agent admin"),
    ("POST", "/v1/customerservice/integratedCounselMgmt/deleteAnswerDraft", "agent admin"),
    ("POST", "/v1/customerservice/integratedCounselMgmt/startProcess", "agent admin"),
    ("POST", "/v1/customerservice/integratedCounselMgmt/releaseProcess", "agent admin"),
    ("POST", "/v1/customerservice/integratedCounselMgmt/saveAnswer", "agent admin"),
    ("POST", "/v1/customerservice/integratedCounselMgmt/assign", "admin"),
    // Ours: not in the first draft of the contract (docs/adr/0013-access-records.md).
    ("GET", "/v1/customerservice/integratedCounselMgmt/getAccessRecordList", "admin"),
    ("GET", "/v1/customerservice/counselTemplateMgmt/getCounselTemplateList", "agent admin"),
    ("GET", "/v1/customerservice/counselTemplateMgmt/getCounselTemplateDetail", "agent admin"),
    ("POST", "/v1/customerservice/counselTemplateMgmt/saveCounselTemplate", "agent admin"),
    ("POST", "/v1/customerservice/counselTemplateMgmt/deleteCounselTemplate", "agent admin"),
    ("GET", "/v1/customerservice/counselTypeMgmt/getCounselTypeList", "agent admin"),
    ("POST", "/v1/customerservice/counselTypeMgmt/saveCounselType", "admin"),
    ("POST", "/v1/marketing/promotionAccumulation", "member agent admin service"),
    ("PUT", "/v1/marketing/accumulationPolicies/{siteNo}", "admin service"),
    ("GET", "/v1/marketing/accumulationPolicies/{siteNo}", "admin service"),
    ("POST", "/v1/marketing/coupons", "admin service"),
    ("GET", "/v1/marketing/coupons", "member agent admin service"),
    ("GET", "/v1/marketing/mileage", "member agent admin service"),
    ("POST", "/v1/claim/orderCancel/cancelPopupFO", "member guest agent admin"),
    ("POST", "/v1/claim/common/claimCalculateCostFO", "member guest agent admin"),
    ("POST", "/v1/claim/orderCancel/cancelFO", "member guest agent admin"),
    ("POST", "/v1/claim/claimMgmt/saveInspectRslt", "agent admin service"),
    ("POST", "/v1/claim/claimMgmt/saveExchangeDeliStat", "agent admin service"),
    ("POST", "/v1/claim/claimMgmt/convertExchangeToReturn", "agent admin"),
    ("POST", "/v1/claim/exchange/isExistsExchangeGoodsItm", "member guest agent admin"),
    ("POST", "/v1/claim/common/claimDetailsInfoFO", "member guest agent admin"),
    ("POST", "/v1/claim/return/getReturnTargetInfoFO", "member guest agent admin"),
    ("POST", "/v1/claim/exchange/getExchageTargetInfoFO", "member guest agent admin"),
    ("POST", "/v1/claim/common/getClaimListFO", "member guest agent admin"),
    ("GET", "/v1/claim/claimMgmt/getClaimList", "agent admin"),
    // Ours: what the desk asks beside that (docs/adr/0077-the-desk-and-claims.md).
    ("GET", "/v1/claim/claimMgmt/getClaimCount", "agent admin"),
    ("GET", "/v1/claim/claimMgmt/getClaimDetail", "agent admin"),
    ("POST", "/v1/claim/claimMgmt/retryClaim", "agent admin"),
    ("POST", "/v1/claim/return/returnFO", "member guest agent admin"),
    ("POST", "/v1/claim/exchange/exchangeFO", "member guest agent admin"),
    ("POST", "/v1/payment/saveRefundBundleApproMgmt", "agent admin service"),
    ("POST", "/v1/claim/return/withdrawalReturnFO", "member guest agent admin"),
    ("POST", "/v1/claim/exchange/withdrawalExchangeFO", "member guest agent admin"),
    ("POST", "/v1/claim/exchange/withdrawalExchange", "agent admin"),
    ("POST", "/v1/claim/claimMgmt/approveClaim", "agent admin"),
    ("POST", "/v1/claim/claimMgmt/rejectClaim", "agent admin"),
    ("POST", "/v1/delivery/withdrawProcess/saveWithdrawStatUpdateProcess", "agent admin service"),
    ("POST", "/v1/claim/common/saveWthdInvFO", "member guest agent admin"),
    ("POST", "/v1/claim/common/saveRfdAcctFO", "member guest agent admin"),
    ("POST", "/v1/claim/orderChange/ordChangeFO", "member guest agent admin"),
    ("POST", "/v1/claim/orderChange/ordDlvpPcccChangeFo", "member guest agent admin"),
    ("POST", "/v1/claim/claims", "service"),
    ("POST", "/v1/detail/otherItms", "public"),
    ("PUT", "/v1/goods/goods", "service"),
    ("POST", "/api/clm/cncl/ord/inquiry.ssg", "vendor key"),
    ("POST", "/api/pd/1/listExchangeTarget.ssg", "vendor key"),
];

/// Posts that only ask, and the two the contract excepts by name.
const WITHOUT_KEY: &[&str] = &[
    "/v1/member/getOrdTotAmt",
    "/v1/member/getOrdClaimCnt",
    "/v1/order/orderListFO",
    "/v1/order/orderDetailFO",
    "/v1/order/orderMgmt/getOrderMgmtList",
    "/v1/customerservice/searchGoods",
    "/v1/customer/getOrderClaimGoodsList",
    "/v1/marketing/promotionAccumulation",
    "/v1/claim/orderCancel/cancelPopupFO",
    "/v1/claim/common/claimCalculateCostFO",
    "/v1/claim/common/claimDetailsInfoFO",
    "/v1/claim/return/getReturnTargetInfoFO",
    "/v1/claim/exchange/getExchageTargetInfoFO",
    "/v1/claim/common/getClaimListFO",
    "/v1/claim/exchange/isExistsExchangeGoodsItm",
    "/v1/detail/otherItms",
    "/api/clm/cncl/ord/inquiry.ssg",
    "/api/pd/1/listExchangeTarget.ssg",
    "/v1/member/nonMbrLogin",
    "/v1/member/nonMbrOrdPwd",
    // Ours: its answer holds what an agent has written, which must not lie with the keys (docs/adr/0074-drafts-and-memos.md).
    "/v1/customerservice/integratedCounselMgmt/saveAnswerDraft",
];

fn outside() -> impl Iterator<Item = &'static Operation> {
    all().filter(|operation| operation.access != Access::Internal)
}

fn who(access: Access) -> String {
    match access {
        Access::Public => "public".to_owned(),
        Access::VendorKey => "vendor key".to_owned(),
        Access::Internal => "internal".to_owned(),
        Access::Roles(_) => {
            let roles: Vec<&str> =
                Role::ALL.iter().filter(|role| access.allows(**role)).map(|role| role.wire()).collect();
            roles.join(" ")
        }
    }
}

#[test]
fn the_table_is_the_contracts_operations_with_the_contracts_callers() {
    let declared: BTreeSet<(String, String, String)> = outside()
        .map(|operation| {
            (operation.method.as_str().to_owned(), operation.path.to_owned(), who(operation.access))
        })
        .collect();
    let expected: BTreeSet<(String, String, String)> = CONTRACT
        .iter()
        .map(|(method, path, who)| ((*method).to_owned(), (*path).to_owned(), (*who).to_owned()))
        .collect();
    assert_eq!(declared, expected);
    assert_eq!(outside().count(), CONTRACT.len());
}

#[test]
fn an_operation_has_its_own_id_and_its_own_way_in() {
    let ids: BTreeSet<&str> = all().map(|operation| operation.id).collect();
    assert_eq!(ids.len(), all().count());
    let ways: BTreeSet<_> = all()
        .map(|operation| {
            // Sister services may each have the same internal path; outside there is one street for all.
            let service = (operation.access == Access::Internal).then_some(operation.upstream);
            (operation.method, operation.path, service)
        })
        .collect();
    assert_eq!(ways.len(), all().count());
}

#[test]
fn whatever_changes_something_takes_an_idempotency_key_and_nothing_else_does() {
    for operation in outside() {
        let expected = operation.method != Method::Get && !WITHOUT_KEY.contains(&operation.path);
        assert_eq!(operation.idempotent_key, expected, "{}", operation.id);
    }
}

#[test]
fn what_shows_somebody_is_asked_by_somebody_else_and_kept_nowhere() {
    let shown = all().filter(|operation| operation.shows != Shows::Nobody);
    for operation in shown {
        // An answer that is kept beside a key would be shown again without a record.
        assert!(!operation.idempotent_key, "{}", operation.id);
        let is_a_vendors = operation.access == Access::VendorKey;
        assert!(is_a_vendors || operation.access.allows(Role::Admin), "{}", operation.id);
        assert!(matches!(operation.access, Access::Roles(_) | Access::VendorKey), "{}", operation.id);
    }
}

/// What agents and vendors may read and is nobody's: whoever adds an operation thinks of it here.
const SHOWS_NOBODY: &[&str] = &[
    "getLoginInfo",
    // Of a basket that the request itself brings.
    "getAccumulationInfo_1",
    "getAccumulationPolicies",
    "getClaimCount",
    "getQuestionInit",
    "otherItms",
    "isExistsExchangeGoodsItm",
    // Of agents, not of customers.
    "getIntegratedCounselCount",
    "getIntegratedCounselState",
    "getProcUserList",
    "getAccessRecordList",
    "getCounselTemplateList",
    "getCounselTypeList",
    // What the agent has just written itself.
    "saveAnswerDraft",
    // Public: they tell the caller of nobody but itself.
    "nonMbrLogin",
    "getNonMbrOrdPwd",
];

#[test]
fn whatever_agents_and_vendors_read_shows_somebody_or_is_known_not_to() {
    let is_read = |operation: &&Operation| {
        let may_be_anothers = matches!(operation.access, Access::Public | Access::VendorKey)
            || operation.access.allows(Role::Admin);
        !operation.idempotent_key && may_be_anothers
    };
    let nobody = outside().filter(is_read).filter(|operation| operation.shows == Shows::Nobody);
    let nobody: BTreeSet<&str> = nobody.map(|operation| operation.id).collect();
    assert_eq!(nobody, SHOWS_NOBODY.iter().copied().collect());
}

#[test]
fn internal_operations_are_told_apart_by_their_path() {
    for operation in all() {
        let is_internal = operation.access == Access::Internal;
        assert_eq!(operation.path.starts_with("/internal/"), is_internal, "{}", operation.id);
        assert!(!is_internal || operation.prefix == Prefix::Bare, "{}", operation.id);
    }
}

#[test]
fn a_path_answers_under_the_prefix_of_its_street() {
    let back_office = ["integratedCounselMgmt", "counselTemplateMgmt", "counselTypeMgmt"];
    for operation in outside() {
        let path = operation.path;
        let expected = if path.starts_with("/v1/detail/") || path.starts_with("/v1/goods/") {
            Some("/api/goods")
        } else if back_office.iter().any(|room| path.starts_with(&format!("/v1/customerservice/{room}/"))) {
            Some("/api/bo")
        } else if path.starts_with("/v1/") {
            Some("/api/order")
        } else {
            None
        };
        assert_eq!(operation.prefix.path(), expected, "{path}");
    }
}

#[test]
fn a_body_has_the_limit_of_its_kind() {
    let bulk = [
        "/v1/order/orders",
        "/v1/goods/goods",
        "/v1/marketing/coupons",
        "/v1/marketing/accumulationPolicies/{siteNo}",
        "/v1/claim/claims",
        "/v1/marketing/promotionAccumulation",
    ];
    for operation in outside() {
        let expected = match operation.body {
            Body::None => 0,
            Body::Multipart(_) => 55 << 20,
            _ if bulk.contains(&operation.path) => 16 << 20,
            _ => 1 << 20,
        };
        assert_eq!(operation.body.limit(), expected, "{}", operation.id);
        assert_eq!(operation.body.is_none(), operation.method == Method::Get, "{}", operation.id);
    }
}

#[test]
fn an_operation_belongs_to_the_service_its_path_names() {
    for operation in outside() {
        let segment = operation.path.split('/').nth(2);
        let expected = match segment {
            Some("common") => None,
            Some("member" | "order") => Some(Upstream::Member),
            Some("customerservice" | "customer") => Some(Upstream::Inquiry),
            Some("marketing") => Some(Upstream::Promotion),
            _ => Some(Upstream::Claim),
        };
        assert_eq!(operation.upstream, expected, "{}", operation.id);
    }
}

#[test]
fn an_admin_may_do_what_an_agent_may_and_not_the_other_way_round() {
    let agents = Access::Roles(&[Role::Agent]);
    let admins = Access::Roles(&[Role::Admin]);
    assert!(agents.allows(Role::Admin) && !admins.allows(Role::Agent));
    assert!(!Access::Roles(&[Role::Member]).allows(Role::Admin));
    assert!(!Access::Internal.allows(Role::Service) && !Access::VendorKey.allows(Role::Service));
    assert!(Role::ALL.iter().all(|role| Access::Public.allows(*role)));
}

#[test]
fn roles_are_known_by_their_names_in_tokens() {
    for role in Role::ALL {
        assert_eq!(Role::from_wire(role.wire()), Some(*role));
    }
    assert_eq!(Role::from_wire("Admin"), None);
}
