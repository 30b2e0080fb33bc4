//! member-service: orders as the member sees them, guest passwords, notifications.

use dto::inquiry::BackOfficeList;
use dto::internal::{
    AdditionalPaymentHeld, AdditionalPaymentHold, AdditionalPaymentRelease, ClaimStandings, CountedClaims,
    MemberOrderLines, MemberOrderLinesQuery, OrderClaim, OrderCustomsCode, OrderDecision, OrderOptionChange,
    OrderOwnership, OrderOwnershipQuery, OrdererNames, OrdererNamesQuery, PersonalValues,
    PersonalValuesQuery,
};
use dto::member::{
    IsNonMemberOrderRequest, MemberOrderAmtRequest, NonMemberLoginRequest, NonMemberLoginResponse,
    OrderAmtInfoResponse, OrderClaimCountInfo, OrderClaimCountQuery, OrderClaimCountRequest,
    WithdrawalMemberRequest,
};
use dto::notification::{
    ManagedNotificationQuery, ManagedNotificationRow, NotificationList, NotificationQuery, NotifyRequest,
};
use dto::order::{
    ManagedOrderListRequest, ManagedOrderRow, OrderDetail, OrderDetailRequest, OrderIntakeAnswer,
    OrderIntakeRequest, OrderList, OrderListQuery, OrderListRequest, OrderSnapshot, OrderStatusRequest,
};

use super::{Access, Answer, Body, Method, Prefix, Role, Shape, Shows, Upstream};

const MEMBER_AND_STAFF: Access = Access::Roles(&[Role::Member, Role::Agent, Role::Service]);

operations! {
    Some(Upstream::Member);

    WITHDRAWAL_MEMBER_ORDER_INFO {
        id: "withdrawalMemberOrderInfo",
        korean: "탈퇴회원 주문정보 마스킹 처리",
        english: "masks the personal data of a member who leaves",
        method: Method::Post,
        path: "/v1/member/withdrawalMemberOrderInfo",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<WithdrawalMemberRequest>()),
        must: &["mbrNo"],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    NON_MBR_ORD_PWD {
        id: "getNonMbrOrdPwd",
        korean: "비회원 주문 비밀번호 찾기",
        english: "sends a temporary password to the phone of a guest's order",
        method: Method::Post,
        path: "/v1/member/nonMbrOrdPwd",
        access: Access::Public,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<IsNonMemberOrderRequest>()),
        must: &["ordNo", "ordManNm", "umemCellSctNo", "umemCellTxnoNo", "umemCellEndNo"],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    GET_ORD_TOT_AMT {
        id: "getMemberOrderTotalAmt",
        korean: "기간별구매금액조회",
        english: "what a member's orders of a period come to",
        method: Method::Post,
        path: "/v1/member/getOrdTotAmt",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<MemberOrderAmtRequest>()),
        must: &["mbrNo", "buyStrDtm", "buyEndDtm"],
        answer: Answer::Bare(Shape::of::<OrderAmtInfoResponse>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_ORD_CLAIM_CNT {
        id: "getMemberOrderClaimCnt",
        korean: "주문/배송 클레임 건수 조회",
        english: "how many orders and claims are under way",
        method: Method::Post,
        path: "/v1/member/getOrdClaimCnt",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: Some(Shape::of::<OrderClaimCountQuery>()),
        body: Body::Json(Shape::of::<OrderClaimCountRequest>()),
        must: &["reqGubun"],
        answer: Answer::Bare(Shape::of::<OrderClaimCountInfo>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    NON_MBR_LOGIN {
        id: "nonMbrLogin",
        korean: "비회원 로그인",
        english: "a token for one guest order, good for 30 minutes",
        method: Method::Post,
        path: "/v1/member/nonMbrLogin",
        access: Access::Public,
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<NonMemberLoginRequest>()),
        must: &["ordNo", "ordPwd"],
        answer: Answer::Envelope(Shape::of::<NonMemberLoginResponse>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    ORDERS {
        id: "orders",
        korean: "주문 수신",
        english: "takes orders in, all or none",
        method: Method::Post,
        path: "/v1/order/orders",
        access: Access::Roles(&[Role::Service]),
        prefix: Prefix::Order,
        query: None,
        body: Body::BulkJson(Shape::of::<OrderIntakeRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<OrderIntakeAnswer>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    ORDER_STATUS {
        id: "status",
        korean: "주문상태 변경",
        english: "moves order lines forward",
        method: Method::Post,
        path: "/v1/order/orders/{ordNo}/status",
        access: Access::Roles(&[Role::Service]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<OrderStatusRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<()>()),
        shows: Shows::Nobody,
        idempotent_key: true,
    }

    ORDER_LIST_FO {
        id: "orderListFO",
        korean: "주문내역 조회",
        english: "orders of a member or a guest, newest first, with what may be done with each line now",
        method: Method::Post,
        path: "/v1/order/orderListFO",
        access: Access::Roles(&[Role::Member, Role::Guest, Role::Agent, Role::Service]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<OrderListQuery>()),
        body: Body::Json(Shape::of::<OrderListRequest>()),
        must: &[],
        answer: Answer::Envelope(Shape::of::<OrderList>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    ORDER_DETAIL_FO {
        id: "orderDetailFO",
        korean: "주문상세 조회",
        english: "one order with its addresses, payments, gifts and promotions",
        method: Method::Post,
        path: "/v1/order/orderDetailFO",
        access: Access::Roles(&[Role::Member, Role::Guest, Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<OrderDetailRequest>()),
        must: &["ordNo"],
        answer: Answer::Bare(Shape::of::<OrderDetail>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_ORDER_MGMT_LIST {
        id: "getOrderMgmtList",
        korean: "주문 관리 목록 조회",
        english: "orders as agents look for them, by number, member, phone or name, newest first",
        method: Method::Post,
        path: "/v1/order/orderMgmt/getOrderMgmtList",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: None,
        body: Body::Json(Shape::of::<ManagedOrderListRequest>()),
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<ManagedOrderRow>>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    NOTIFICATIONS {
        id: "notifications",
        korean: "알림함 조회",
        english: "a member's notifications",
        method: Method::Get,
        path: "/v1/member/notifications",
        access: MEMBER_AND_STAFF,
        prefix: Prefix::Order,
        query: Some(Shape::of::<NotificationQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Envelope(Shape::of::<NotificationList>()),
        shows: Shows::One,
        idempotent_key: false,
    }

    GET_NOTIFICATION_MGMT_LIST {
        id: "getNotificationMgmtList",
        korean: "알림 관리 목록 조회",
        english: "what a member or an order was told, on every channel, newest first",
        method: Method::Get,
        path: "/v1/member/notificationMgmt/getNotificationMgmtList",
        access: Access::Roles(&[Role::Agent]),
        prefix: Prefix::Order,
        query: Some(Shape::of::<ManagedNotificationQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::of::<BackOfficeList<ManagedNotificationRow>>()),
        shows: Shows::Any,
        idempotent_key: false,
    }

    INTERNAL_ORDER {
        id: "internalOrder",
        korean: "주문 스냅샷",
        english: "an order as it stands, for claim-service to pin before it computes",
        method: Method::Get,
        path: "/internal/orders/{ordNo}",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::internal::<OrderSnapshot>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_NOTIFICATIONS {
        id: "internalNotifications",
        korean: "알림 발송 요청",
        english: "notifies a customer for any service, once per key in the body",
        method: Method::Post,
        path: "/internal/notifications",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<NotifyRequest>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_MEMBER_ORDER_LINES {
        id: "internalMemberOrderLines",
        korean: "회원 주문상품 조회",
        english: "a member's ordered lines, for cs-inquiry-service to show",
        method: Method::Get,
        path: "/internal/members/{mbrNo}/orderLines",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: Some(Shape::internal::<MemberOrderLinesQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::internal::<MemberOrderLines>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_ORDER_OWNERSHIP {
        id: "internalOrderOwnership",
        korean: "주문 소유 확인",
        english: "whether an order is a member's, before an inquiry about it is taken",
        method: Method::Get,
        path: "/internal/orders/{ordNo}/ownership",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: Some(Shape::internal::<OrderOwnershipQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::internal::<OrderOwnership>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_ORDER_CLAIMS {
        id: "internalOrderClaims",
        korean: "클레임 반영",
        english: "takes a claim's units out of the order, unless it has gone on",
        method: Method::Post,
        path: "/internal/orders/{ordNo}/claims",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<OrderClaim>()),
        must: &[],
        answer: Answer::Bare(Shape::internal::<OrderDecision>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_ORDER_OPTIONS {
        id: "internalOrderOptions",
        korean: "옵션변경 반영",
        english: "changes the item of an order line, unless it has gone on",
        method: Method::Post,
        path: "/internal/orders/{ordNo}/options",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<OrderOptionChange>()),
        must: &[],
        answer: Answer::Bare(Shape::internal::<OrderDecision>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_ORDER_CUSTOMS_CODES {
        id: "internalOrderCustomsCodes",
        korean: "개인통관고유부호 반영",
        english: "changes the customs number of a delivery address",
        method: Method::Post,
        path: "/internal/orders/{ordNo}/customsCodes",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<OrderCustomsCode>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_COUNTED_CLAIMS {
        id: "internalCountedClaims",
        korean: "회원 클레임 전달",
        english: "tells of claims that count for a member's page",
        method: Method::Post,
        path: "/internal/countedClaims",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<CountedClaims>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_CLAIM_STANDINGS {
        id: "internalClaimStandings",
        korean: "클레임 현황 전달",
        english: "tells where claims stand and what they leave of their orders",
        method: Method::Post,
        path: "/internal/claimStandings",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<ClaimStandings>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_ORDERER_NAMES {
        id: "internalOrdererNames",
        korean: "주문자·수취인명 조회",
        english: "names of orderers and recipients, for the vendors' view of claims",
        method: Method::Post,
        path: "/internal/ordererNames",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<OrdererNamesQuery>()),
        must: &[],
        answer: Answer::Bare(Shape::internal::<OrdererNames>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_ADDITIONAL_PAYMENTS {
        id: "internalAdditionalPayments",
        korean: "추가결제 선점",
        english: "holds the key of a payment before claim-service accepts a cancel with it",
        method: Method::Post,
        path: "/internal/orders/{ordNo}/additionalPayments",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<AdditionalPaymentHold>()),
        must: &[],
        answer: Answer::Bare(Shape::internal::<AdditionalPaymentHeld>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_ADDITIONAL_PAYMENTS_RELEASE {
        id: "internalAdditionalPaymentsRelease",
        korean: "추가결제 반납",
        english: "gives the key of a payment back",
        method: Method::Post,
        path: "/internal/orders/{ordNo}/additionalPayments/release",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: None,
        body: Body::Json(Shape::internal::<AdditionalPaymentRelease>()),
        must: &[],
        answer: Answer::Empty,
        shows: Shows::Nobody,
        idempotent_key: false,
    }

    INTERNAL_PERSONAL_VALUES {
        id: "internalPersonalValues",
        korean: "개인정보 값 조회",
        english: "what a sister looks for in what a member who has left has written, and others to it",
        method: Method::Get,
        path: "/internal/members/{mbrNo}/personalValues",
        access: Access::Internal,
        prefix: Prefix::Bare,
        query: Some(Shape::internal::<PersonalValuesQuery>()),
        body: Body::None,
        must: &[],
        answer: Answer::Bare(Shape::internal::<PersonalValues>()),
        shows: Shows::Nobody,
        idempotent_key: false,
    }
}
