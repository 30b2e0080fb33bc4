//! The operations of the contract, each declared once: where it answers, who may call it, what it takes.
//!
//! The gateway routes by this table and the services register their handlers against it.
//! Nothing has a default, so an operation without its rule does not compile.

pub mod claim;
pub mod inquiry;
pub mod member;
pub mod promotion;

#[cfg(test)]
mod tests;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// The service that answers an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Upstream {
    Member,
    Inquiry,
    Promotion,
    Claim,
}

impl Upstream {
    pub const ALL: &'static [Self] = &[Self::Member, Self::Inquiry, Self::Promotion, Self::Claim];

    pub const fn service_name(self) -> &'static str {
        match self {
            Self::Member => "member-service",
            Self::Inquiry => "cs-inquiry-service",
            Self::Promotion => "promotion-service",
            Self::Claim => "claim-service",
        }
    }
}

/// 권한: what a caller is, as the `roles` claim of a token names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Member,
    Guest,
    Agent,
    Admin,
    Service,
}

impl Role {
    pub const ALL: &'static [Self] = &[Self::Member, Self::Guest, Self::Agent, Self::Admin, Self::Service];

    pub const fn wire(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Guest => "guest",
            Self::Agent => "agent",
            Self::Admin => "admin",
            Self::Service => "service",
        }
    }

    pub fn from_wire(wire: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.wire() == wire)
    }
}

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, with a token or without; a bad token is refused all the same.
    Public,
    /// Callers with one of these roles. Where an agent is named an admin may too.
    Roles(&'static [Role]),
    /// A vendor's own key instead of a token; the service checks it.
    VendorKey,
    /// Sister services only. The gateway never routes it.
    Internal,
}

impl Access {
    /// Whether a token with this role opens the operation.
    pub fn allows(self, role: Role) -> bool {
        match self {
            Self::Public => true,
            Self::Roles(roles) => {
                roles.contains(&role) || (role == Role::Admin && roles.contains(&Role::Agent))
            }
            Self::VendorKey | Self::Internal => false,
        }
    }
}

/// The street prefix an operation answers under besides its bare path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prefix {
    Order,
    Goods,
    BackOffice,
    /// No prefix at all: the bare path only.
    Bare,
}

impl Prefix {
    pub const fn path(self) -> Option<&'static str> {
        match self {
            Self::Order => Some("/api/order"),
            Self::Goods => Some("/api/goods"),
            Self::BackOffice => Some("/api/bo"),
            Self::Bare => None,
        }
    }
}

/// What an operation takes as its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    None,
    Json,
    /// JSON, a form, or nothing because the query says it all.
    OptionalJsonOrForm,
    JsonOrXml,
    /// Multipart, a form or JSON, or nothing because the query says it all.
    Multipart,
}

/// The largest body of most operations.
pub const JSON_LIMIT: usize = 1024 * 1024;
/// The largest body of those that take whole catalogues, orders or baskets.
pub const BULK_LIMIT: usize = 16 * 1024 * 1024;
/// The largest body with files.
pub const MULTIPART_LIMIT: usize = 55 * 1024 * 1024;
/// The limit of an operation that takes no body.
pub const NO_BODY: usize = 0;

/// One operation of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The seed's `operationId`, or the last segment of the path where the seed has none.
    pub id: &'static str,
    pub method: Method,
    /// The bare path, parameters in braces.
    pub path: &'static str,
    pub upstream: Upstream,
    pub access: Access,
    pub prefix: Prefix,
    pub body: BodyKind,
    /// Bytes at most.
    pub body_limit: usize,
    /// Whether it changes something a caller may want to repeat safely with `Idempotency-Key`.
    pub idempotent_key: bool,
}

/// Every operation of every service.
pub const ALL: &[&Operation] = &[
    &member::WITHDRAWAL_MEMBER_ORDER_INFO,
    &member::NON_MBR_ORD_PWD,
    &member::GET_ORD_TOT_AMT,
    &member::GET_ORD_CLAIM_CNT,
    &member::NON_MBR_LOGIN,
    &member::ORDERS,
    &member::ORDER_STATUS,
    &member::NOTIFICATIONS,
    &member::INTERNAL_ORDER,
    &member::INTERNAL_NOTIFICATIONS,
    &member::INTERNAL_MEMBER_ORDER_LINES,
    &member::INTERNAL_ORDER_OWNERSHIP,
    &member::INTERNAL_ORDER_CLAIMS,
    &member::INTERNAL_ORDER_OPTIONS,
    &member::INTERNAL_ORDER_CUSTOMS_CODES,
    &member::INTERNAL_ORDERER_NAMES,
    &inquiry::GET_NOT_COMPLETED_INQUIRY_COUNT,
    &inquiry::GET_INQUIRY_COUNT,
    &inquiry::GET_QUESTION,
    &inquiry::GET_QUESTION_INIT,
    &inquiry::GET_QUESTION_DTL,
    &inquiry::SEARCH_GOODS,
    &inquiry::GET_ORDER_CLAIM_GOODS_LIST,
    &inquiry::QUESTION_SAVE,
    &inquiry::QUESTION_MOD_PUT,
    &inquiry::QUESTION_MOD_POST,
    &inquiry::QUESTION_DEL_DELETE,
    &inquiry::QUESTION_DEL_POST,
    &inquiry::FILES,
    &inquiry::TRANSFER_QNA_SAVE,
    &inquiry::GET_INTEGRATED_COUNSEL_LIST,
    &inquiry::GET_INTEGRATED_COUNSEL_DETAIL,
    &inquiry::START_PROCESS,
    &inquiry::RELEASE_PROCESS,
    &inquiry::SAVE_ANSWER,
    &inquiry::ASSIGN,
    &inquiry::GET_ACCESS_RECORD_LIST,
    &inquiry::GET_COUNSEL_TEMPLATE_LIST,
    &inquiry::GET_COUNSEL_TEMPLATE_DETAIL,
    &inquiry::SAVE_COUNSEL_TEMPLATE,
    &inquiry::DELETE_COUNSEL_TEMPLATE,
    &inquiry::GET_COUNSEL_TYPE_LIST,
    &inquiry::SAVE_COUNSEL_TYPE,
    &inquiry::INTERNAL_MEMBERS_WITHDRAWAL,
    &promotion::PROMOTION_ACCUMULATION,
    &promotion::PUT_ACCUMULATION_POLICIES,
    &promotion::GET_ACCUMULATION_POLICIES,
    &promotion::POST_COUPONS,
    &promotion::GET_COUPONS,
    &promotion::MILEAGE,
    &promotion::INTERNAL_ORDERS,
    &promotion::INTERNAL_COUPONS_RESTORE,
    &promotion::INTERNAL_ACCUMULATION_TAKE_BACK,
    &promotion::INTERNAL_MILEAGE_RESTORE,
    &claim::CANCEL_POPUP_FO,
    &claim::CLAIM_CALCULATE_COST_FO,
    &claim::CANCEL_FO,
    &claim::CLAIM_DETAILS_INFO_FO,
    &claim::ORD_CHANGE_FO,
    &claim::ORD_DLVP_PCCC_CHANGE_FO,
    &claim::CLAIMS,
    &claim::OTHER_ITMS,
    &claim::GOODS,
    &claim::SSG_INQUIRY,
    &claim::INTERNAL_CLAIMS_COUNT,
    &claim::INTERNAL_GOODS_SEARCH,
    &claim::INTERNAL_MEMBERS_WITHDRAWAL,
];
