//! The texts themselves. They are data, so that a person who does not program can read and correct them.
//!
//! What is sent by 알림톡 must be registered with the provider word for word before it is changed here.

use commerce::Channel;

use super::Template;

/// To the member: on the phone, by e-mail and in the 알림함.
const EVERY_WAY: &[Channel] = &[Channel::Alimtalk, Channel::Sms, Channel::Email, Channel::Inbox];
/// To the phone that belongs to the order, and nowhere else.
const PHONE_ONLY: &[Channel] = &[Channel::Alimtalk, Channel::Sms];

/// 비회원 임시 비밀번호 안내
pub const GUEST_TEMP_PASSWORD: &str = "GUEST_TEMP_PASSWORD";
/// 클레임 접수 안내
pub const CLAIM_RECEIVED: &str = "CLAIM_RECEIVED";
/// 회수 시작 안내
pub const CLAIM_COLLECTING: &str = "CLAIM_COLLECTING";
/// 회수 완료 안내
pub const CLAIM_COLLECTED: &str = "CLAIM_COLLECTED";
/// 교환상품 발송 안내
pub const CLAIM_SHIPPED: &str = "CLAIM_SHIPPED";
/// 교환 완료 안내
pub const CLAIM_EXCHANGED: &str = "CLAIM_EXCHANGED";
/// 클레임 완료 안내
pub const CLAIM_COMPLETED: &str = "CLAIM_COMPLETED";
/// 클레임 거절 안내
pub const CLAIM_REJECTED: &str = "CLAIM_REJECTED";
/// 클레임 철회 안내
pub const CLAIM_WITHDRAWN: &str = "CLAIM_WITHDRAWN";
/// 반품 전환 안내
pub const CLAIM_CONVERTED: &str = "CLAIM_CONVERTED";
/// 1:1 문의 답변 안내
pub const INQUIRY_ANSWERED: &str = "INQUIRY_ANSWERED";

/// Every text there is.
pub const TEMPLATES: &[Template] = &[
    Template {
        code: GUEST_TEMP_PASSWORD,
        title: "임시 비밀번호 안내",
        body: "주문번호 {{ordNo}}의 임시 비밀번호는 {{ordPwd}} 입니다.\n\
               비회원 주문조회에서 사용해 주세요.\n\
               요청하신 적이 없다면 고객센터로 알려 주세요.",
        channels: PHONE_ONLY,
        has_sms_instead: true,
        secret_variables: &["ordPwd"],
    },
    Template {
        code: CLAIM_RECEIVED,
        title: "{{claimNm}} 요청이 접수되었습니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})이 접수되었습니다.\n\
               진행 상황은 주문조회에서 확인해 주세요.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: CLAIM_COLLECTING,
        title: "{{claimNm}} 상품의 회수를 시작합니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})이 승인되어 상품의 회수를 시작합니다.\n\
               보내실 상품을 포장해 두시고, 직접 보내시는 경우에는 발송 후 송장번호를 등록해 주세요.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: CLAIM_COLLECTED,
        title: "{{claimNm}} 상품의 회수 절차가 완료되었습니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})의 회수 절차가 완료되었습니다.\n\
               상품을 확인한 뒤 결과를 안내해 드리겠습니다.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: CLAIM_SHIPPED,
        title: "{{claimNm}} 상품을 발송했습니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})에 따라 상품을 발송했습니다.\n\
               택배사: {{hdcCd}}, 송장번호: {{invNo}}\n\
               택배사에 따라 실제 배송까지 며칠이 걸릴 수 있습니다.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: CLAIM_EXCHANGED,
        title: "{{claimNm}} 처리가 완료되었습니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})이 완료되어 상품이 배송되었습니다.\n\
               받으신 상품에 문제가 있다면 고객센터로 문의해 주세요.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: CLAIM_COMPLETED,
        title: "{{claimNm}} 처리가 완료되었습니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})이 완료되었습니다.\n\
               환불 금액: {{rfdAmt}}원\n\
               결제수단에 따라 실제 환불까지 며칠이 걸릴 수 있습니다.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: CLAIM_REJECTED,
        title: "{{claimNm}} 요청이 처리되지 않았습니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})을 처리하지 못했습니다.\n\
               사유: {{rsn}}\n\
               자세한 내용은 고객센터로 문의해 주세요.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: CLAIM_WITHDRAWN,
        title: "{{claimNm}} 요청이 철회되었습니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})이 철회되었습니다.\n\
               미리 결제하신 금액이 있다면 모두 환불됩니다.\n\
               자세한 내용은 고객센터로 문의해 주세요.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: CLAIM_CONVERTED,
        title: "{{claimNm}} 요청이 반품으로 전환되었습니다",
        body: "주문번호 {{ordNo}}의 {{claimNm}} 요청(접수번호 {{claimNo}})이 반품(접수번호 {{rtnClaimNo}})으로 전환되었습니다.\n\
               미리 결제하신 금액이 있다면 모두 환불됩니다.\n\
               자세한 내용은 고객센터로 문의해 주세요.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
    Template {
        code: INQUIRY_ANSWERED,
        title: "문의하신 내용에 답변이 등록되었습니다",
        body: "문의번호 {{ccnNo}} \"{{title}}\"에 답변이 등록되었습니다.\n\
               마이페이지 1:1 문의에서 확인해 주세요.",
        channels: EVERY_WAY,
        has_sms_instead: true,
        secret_variables: &[],
    },
];
