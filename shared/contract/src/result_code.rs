//! The catalogue of failures: one stable identifier per reason a caller may want to tell apart.
//!
//! `docs/errors.md` lists the same codes for those who call; a test holds the two against each other.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use dto::envelope::BUSINESS_ERROR_STATUS;

/// Declares the codes: variant, identifier on the wire, HTTP status, Korean message.
macro_rules! result_codes {
    ($(
        $(#[$attribute:meta])*
        $variant:ident = $code:literal, $status:expr, $message:literal;
    )+) => {
        /// 결과코드: why a request failed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ResultCode {
            $( $(#[$attribute])* $variant, )+
        }

        impl ResultCode {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];

            /// The identifier callers compare with. It never changes.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$variant => $code ),+ }
            }

            /// The HTTP status a service answers with.
            pub const fn status(self) -> u16 {
                match self { $( Self::$variant => $status ),+ }
            }

            /// What a person reads where the failure has nothing better to say.
            pub const fn message(self) -> &'static str {
                match self { $( Self::$variant => $message ),+ }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                match code { $( $code => Some(Self::$variant), )+ _ => None }
            }
        }
    };
}

const BUSINESS: u16 = BUSINESS_ERROR_STATUS;

result_codes! {
    /// Everybody: a field is missing, malformed or out of range. `errors` names each; correct them and send again.
    Validation = "VALIDATION", BUSINESS, "입력값을 확인해 주세요.";
    /// Everybody: what was sent is no well-formed HTTP request, so the connection is closed. Mend the client.
    MalformedRequest = "MALFORMED_REQUEST", 400, "요청 형식이 올바르지 않습니다.";
    /// Everybody: no token, or one that does not hold. Get a fresh token.
    Unauthorized = "UNAUTHORIZED", 401, "로그인이 필요합니다.";
    /// Everybody: the role may not do this, or the row is another member's. Repeating does not help.
    Forbidden = "FORBIDDEN", 403, "요청하신 작업에 대한 권한이 없습니다.";
    /// Everybody: there is no such path. Check the path and its prefix.
    NotFound = "NOT_FOUND", 404, "요청하신 주소를 찾을 수 없습니다.";
    /// Everybody: the path exists under other methods, which `Allow` names.
    MethodNotAllowed = "METHOD_NOT_ALLOWED", 405, "지원하지 않는 요청 방식입니다.";
    /// Everybody: the request did not arrive in time. Send it again.
    RequestTimeout = "REQUEST_TIMEOUT", 408, "요청을 제시간에 받지 못했습니다. 다시 시도해 주세요.";
    /// Callers with an `Idempotency-Key`: the first request with it is still running. Repeat a little later.
    IdempotencyKeyInFlight = "IDEMPOTENCY_KEY_IN_FLIGHT", 409, "같은 요청을 처리하고 있습니다. 잠시 후 다시 확인해 주세요.";
    /// Everybody: the body is over the operation's limit. Send less at once.
    BodyTooLarge = "BODY_TOO_LARGE", 413, "요청 크기가 허용 한도를 초과했습니다.";
    /// Everybody: the Content-Type is missing or none the operation takes.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", 415, "지원하지 않는 요청 형식입니다.";
    /// Everybody: too many requests, or too many tries for one order number. Wait as long as `Retry-After` says.
    TooManyRequests = "TOO_MANY_REQUESTS", 429, "요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.";
    /// Everybody: address and headers together are over the limit. Send less in them.
    HeadersTooLarge = "HEADERS_TOO_LARGE", 431, "요청 헤더 크기가 허용 한도를 초과했습니다.";
    /// Everybody: our fault. Report the request id; a repeat under the same `Idempotency-Key` is safe.
    InternalError = "INTERNAL_ERROR", 500, "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.";
    /// Integrators: the operation is in the contract and not built yet.
    NotImplemented = "NOT_IMPLEMENTED", 501, "아직 제공하지 않는 기능입니다.";
    /// Everybody: a service behind the gateway gave no usable answer. Repeat later.
    UpstreamError = "UPSTREAM_ERROR", 502, "연결된 서비스에서 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.";
    /// Everybody: a service is starting, stopping or too busy. Repeat later.
    ServiceUnavailable = "SERVICE_UNAVAILABLE", 503, "서비스를 잠시 이용할 수 없습니다. 잠시 후 다시 시도해 주세요.";
    /// Everybody: a service did not answer in time. The request may have been carried out; ask before repeating.
    UpstreamTimeout = "UPSTREAM_TIMEOUT", 504, "응답이 지연되고 있습니다. 처리 결과를 확인한 후 다시 시도해 주세요.";
    /// Callers with an `Idempotency-Key`: it was used for another body. A corrected request needs a new key.
    IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED", BUSINESS, "이미 다른 요청에 사용한 멱등키입니다. 새로운 키로 요청해 주세요.";

    /// Agents and guests: no such order, or none that matches what was given.
    OrderNotFound = "ORDER_NOT_FOUND", BUSINESS, "주문 정보를 찾을 수 없습니다.";
    /// Guests: order number and password do not belong together. Which of them is wrong is not said.
    LoginFailed = "LOGIN_FAILED", BUSINESS, "주문번호 또는 비밀번호가 올바르지 않습니다.";
    /// Shop systems: an order of this number was sent before with other content. Nothing was taken.
    OrderExists = "ORDER_EXISTS", BUSINESS, "내용이 다른 주문이 이미 등록되어 있습니다.";
    /// Shop systems: a line would move backward, or nothing of it is left. No line was moved.
    StatusNotForward = "STATUS_NOT_FORWARD", BUSINESS, "이전 주문상태로는 변경할 수 없습니다.";

    /// Agents: no such inquiry, or one the member deleted.
    InquiryNotFound = "INQUIRY_NOT_FOUND", BUSINESS, "문의 내역을 찾을 수 없습니다.";
    /// Members: an agent has started on the inquiry, so it can be neither edited nor deleted.
    InquiryNotEditable = "INQUIRY_NOT_EDITABLE", BUSINESS, "답변이 진행 중이거나 완료된 문의는 수정하거나 삭제할 수 없습니다.";
    /// Agents: the member edited the inquiry since it was shown. Read it again.
    InquiryChanged = "INQUIRY_CHANGED", BUSINESS, "문의 내용이 변경되었습니다. 다시 확인해 주세요.";
    /// Agents: the inquiry belongs to another agent. Its owner or an admin may go on.
    InquiryNotOwner = "INQUIRY_NOT_OWNER", BUSINESS, "다른 상담원이 처리하고 있는 문의입니다.";
    /// Agents: the inquiry is not in the state this action starts from. Read it again.
    InquiryStatusConflict = "INQUIRY_STATUS_CONFLICT", BUSINESS, "현재 문의 상태에서는 처리할 수 없습니다.";
    /// Agents: who asks for the next inquiry works on too many. Answer or release some.
    InquiryOwnLimit = "INQUIRY_OWN_LIMIT", BUSINESS, "처리 중인 문의가 너무 많습니다. 먼저 답변하거나 해제해 주세요.";
    /// Agents: another page of the agent's has changed the draft. The payload carries it; show both.
    AnswerDraftChanged = "ANSWER_DRAFT_CHANGED", BUSINESS, "다른 창에서 초안이 변경되었습니다. 다시 확인해 주세요.";
    /// Agents: as many drafts as one may have. Send or throw away some.
    AnswerDraftLimit = "ANSWER_DRAFT_LIMIT", BUSINESS, "보관할 수 있는 초안 수를 초과했습니다. 사용하지 않는 초안을 삭제해 주세요.";
    /// Agents: the inquiry has as many memos as it may.
    CounselMemoLimit = "COUNSEL_MEMO_LIMIT", BUSINESS, "등록할 수 있는 메모 수를 초과했습니다.";
    /// Agents: no such file.
    FileNotFound = "FILE_NOT_FOUND", BUSINESS, "파일을 찾을 수 없습니다.";
    /// Agents: no such answer template.
    TemplateNotFound = "TEMPLATE_NOT_FOUND", BUSINESS, "답변 템플릿을 찾을 수 없습니다.";
    /// Admins: no such inquiry type.
    CounselTypeNotFound = "COUNSEL_TYPE_NOT_FOUND", BUSINESS, "상담 유형을 찾을 수 없습니다.";

    /// Operators: the site has no accumulation policy yet.
    PolicyNotFound = "POLICY_NOT_FOUND", BUSINESS, "적립 정책을 찾을 수 없습니다.";
    /// Operators: a coupon of this number was issued before with other content. Nothing was taken.
    CouponExists = "COUPON_EXISTS", BUSINESS, "내용이 다른 쿠폰이 이미 등록되어 있습니다.";

    /// Agents: no such claim.
    ClaimNotFound = "CLAIM_NOT_FOUND", BUSINESS, "클레임 정보를 찾을 수 없습니다.";
    /// Agents: everything of the claim that can be asked for is done.
    ClaimNothingOpen = "CLAIM_NOTHING_OPEN", BUSINESS, "다시 시도할 처리가 없습니다.";
    /// Shop systems: a claim of this number was imported before with other content. Nothing was taken.
    ClaimExists = "CLAIM_EXISTS", BUSINESS, "내용이 다른 클레임이 이미 등록되어 있습니다.";
    /// Shop systems: an imported claim would move backward, or leave a final state. Nothing was taken.
    ClaimStatusNotForward = "CLAIM_STATUS_NOT_FORWARD", BUSINESS, "이전 클레임상태로는 변경할 수 없습니다.";
    /// Customers: this type of claim is not offered yet.
    ClaimTypeNotSupported = "CLAIM_TYPE_NOT_SUPPORTED", BUSINESS, "지원하지 않는 클레임 유형입니다.";
    /// Whoever returns or exchanges: the line is not with the customer, or not to be sent back. Look at the order again.
    OrderNotReturnable = "ORDER_NOT_RETURNABLE", BUSINESS, "반품 또는 교환할 수 없는 상품입니다.";
    /// Whoever returns or exchanges: the lines are of two delivery groups. Make a claim for each.
    ClaimGroupMixed = "CLAIM_GROUP_MIXED", BUSINESS, "배송그룹이 다른 상품은 따로 신청해 주세요.";
    /// Whoever returns or exchanges: the period is over. An agent may still do it.
    ClaimPeriodExpired = "CLAIM_PERIOD_EXPIRED", BUSINESS, "반품 또는 교환 가능 기간이 지났습니다.";
    /// Whoever moves a claim: it stands elsewhere, or is of another kind. Look at it again.
    ClaimStatusConflict = "CLAIM_STATUS_CONFLICT", BUSINESS, "현재 클레임상태에서는 처리할 수 없습니다.";
    /// Whoever returns with a free-return coupon: it can't be used, or there is nothing it pays for. Leave it out.
    CouponNotUsable = "COUPON_NOT_USABLE", BUSINESS, "사용할 수 없는 쿠폰입니다.";
    /// Whoever settles a return: it is less than the customer was shown. Confirm it, with the customer.
    AmountConfirmRequired = "AMOUNT_CONFIRM_REQUIRED", BUSINESS, "안내된 금액보다 적어 확인이 필요합니다.";
    /// Customers: the order has no such line.
    OrderLineNotFound = "ORDER_LINE_NOT_FOUND", BUSINESS, "주문 상품을 찾을 수 없습니다.";
    /// Customers: more is claimed than is left of the line. Show the order again.
    ClaimQtyExceeded = "CLAIM_QTY_EXCEEDED", BUSINESS, "클레임 가능한 수량을 초과했습니다.";
    /// Customers: the line is shipped, or must not be cancelled.
    OrderNotCancelable = "ORDER_NOT_CANCELABLE", BUSINESS, "취소할 수 없는 주문 상품입니다.";
    /// Customers: a payment of the order can only be refunded whole, or the order is not paid yet. Cancel it whole.
    PartialCancelNotAllowed = "PARTIAL_CANCEL_NOT_ALLOWED", BUSINESS, "부분취소할 수 없는 주문입니다. 전체취소로 진행해 주세요.";
    /// Customers: the cost is no longer what was shown. The payload carries the new one; show it and ask again.
    AmountChanged = "AMOUNT_CHANGED", BUSINESS, "환불 금액이 변경되었습니다. 다시 확인해 주세요.";
    /// Customers: the cancel costs more than it gives back. Send it with `addPay`.
    AdditionalPaymentRequired = "ADDITIONAL_PAYMENT_REQUIRED", BUSINESS, "추가 결제가 필요합니다.";
    /// Customers: the refund cannot go back the way the payment came. Send the cancel with `rfdAcct`.
    RefundAccountRequired = "REFUND_ACCOUNT_REQUIRED", BUSINESS, "환불받으실 계좌 정보를 입력해 주세요.";
    /// Customers: another claim of the order is not decided yet. Nothing happened; try again.
    ClaimInProgress = "CLAIM_IN_PROGRESS", BUSINESS, "진행 중인 클레임이 있습니다. 잠시 후 다시 시도해 주세요.";
    /// Customers: no line of the address is before shipping any more.
    OrderNotChangeable = "ORDER_NOT_CHANGEABLE", BUSINESS, "변경할 수 없는 주문입니다.";

    /// Customers: options change only while the line is complete and not yet prepared.
    OptionLineStatus = "OPTION_LINE_STATUS", BUSINESS, "주문완료 상태에서만 옵션을 변경할 수 있습니다.";
    /// Customers: a part of the line was cancelled or returned, so it can no longer change as a whole.
    OptionPartlyClaimed = "OPTION_PARTLY_CLAIMED", BUSINESS, "일부 취소 또는 반품한 상품은 옵션을 변경할 수 없습니다.";
    /// Customers: the new option belongs to other goods.
    OptionOtherGoods = "OPTION_OTHER_GOODS", BUSINESS, "같은 상품의 옵션으로만 변경할 수 있습니다.";
    /// Customers: the new option is the ordered one.
    OptionSameItem = "OPTION_SAME_ITEM", BUSINESS, "현재와 다른 옵션을 선택해 주세요.";
    /// Customers: today the two options differ in price.
    OptionPriceDiffers = "OPTION_PRICE_DIFFERS", BUSINESS, "가격이 같은 옵션으로만 변경할 수 있습니다.";
    /// Customers: the new option is not on sale.
    OptionNotOnSale = "OPTION_NOT_ON_SALE", BUSINESS, "판매 중이 아닌 옵션입니다.";
    /// Customers: too few of the new option are in stock.
    OptionStockShort = "OPTION_STOCK_SHORT", BUSINESS, "선택하신 옵션의 재고가 부족합니다.";
    /// Customers: reserved goods keep their option.
    OptionReservedGoods = "OPTION_RESERVED_GOODS", BUSINESS, "예약 상품은 옵션을 변경할 수 없습니다.";
}

impl fmt::Display for ResultCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

impl Serialize for ResultCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for ResultCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| de::Error::custom(format_args!("`{code}` is not a result code")))
    }
}

#[cfg(test)]
mod tests;
