//! The operations of the contract, each declared once: where it answers, who may call it, what it takes.
//!
//! The gateway routes by these declarations, the services register their handlers against them, and the document is made of them.
//! Nothing has a default, so an operation without its rule or its description does not compile.

/// Declares the operations of one service, or of the gateway itself: a constant for each, and the list of all of them.
macro_rules! operations {
    ($upstream:expr; $($name:ident { id: $id:literal, korean: $korean:literal, $($field:ident: $value:expr,)+ })+) => {
        $(
            #[doc = $korean]
            pub const $name: $crate::operations::Operation = $crate::operations::Operation {
                id: $id, korean: $korean, upstream: $upstream, $($field: $value),+
            };
        )+

        pub(super) const ALL: &[&$crate::operations::Operation] = &[$(&$name),+];
    };
}

pub mod claim;
pub mod gateway;
pub mod inquiry;
pub mod member;
pub mod promotion;

mod shape;
#[cfg(test)]
mod tests;

pub use shape::Shape;

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

    /// What it answers.
    pub const fn operations(self) -> &'static [&'static Operation] {
        match self {
            Self::Member => member::ALL,
            Self::Inquiry => inquiry::ALL,
            Self::Promotion => promotion::ALL,
            Self::Claim => claim::ALL,
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

/// The largest body of most operations, in bytes.
pub const JSON_LIMIT: usize = 1024 * 1024;
/// The largest body of those that take whole catalogues, orders or baskets.
pub const BULK_LIMIT: usize = 16 * 1024 * 1024;
/// The largest body with files.
pub const MULTIPART_LIMIT: usize = 55 * 1024 * 1024;

/// What an operation takes as its content, which also says how large it may be.
#[derive(Debug, Clone, Copy)]
pub enum Body {
    None,
    Json(Shape),
    BulkJson(Shape),
    /// JSON, a form, or nothing because the query says it all.
    OptionalJsonOrForm(Shape),
    JsonOrXml(Shape),
    /// Multipart, a form or JSON, or nothing because the query says it all.
    Multipart(Shape),
}

impl Body {
    /// Bytes at most.
    pub const fn limit(self) -> usize {
        match self {
            Self::None => 0,
            Self::Json(_) | Self::OptionalJsonOrForm(_) | Self::JsonOrXml(_) => JSON_LIMIT,
            Self::BulkJson(_) => BULK_LIMIT,
            Self::Multipart(_) => MULTIPART_LIMIT,
        }
    }

    pub const fn is_none(self) -> bool {
        matches!(self, Self::None)
    }
}

/// The shape of a success.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// The type itself.
    Bare(Shape),
    /// The type as payload of the envelope.
    Envelope(Shape),
    Empty,
    File,
}

/// 정보주체: whose personal data an answer shows to somebody else: an agent, an admin, a vendor. Such an answer leaves access
/// records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Nobody's, or those of nobody but the caller; also what is put down elsewhere, as a change in its history.
    Nobody,
    /// Always somebody's.
    One,
    /// Those of whoever there is: of none, or of many.
    Any,
}

/// One operation of the contract.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// The seed's `operationId`, or the last segment of the path where the seed has none.
    pub id: &'static str,
    /// What it does, in a few words.
    pub korean: &'static str,
    pub english: &'static str,
    pub method: Method,
    /// The bare path, parameters in braces.
    pub path: &'static str,
    /// The service that answers it; None for what the gateway answers itself.
    pub upstream: Option<Upstream>,
    pub access: Access,
    pub prefix: Prefix,
    pub query: Option<Shape>,
    pub body: Body,
    /// Fields of the request that must be there, where the type is read leniently so that all that is wrong is said at once.
    pub must: &'static [&'static str],
    pub answer: Answer,
    pub shows: Shows,
    /// Whether it changes something a caller may want to repeat safely with `Idempotency-Key`.
    pub idempotent_key: bool,
}

/// An id names one operation.
impl PartialEq for Operation {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Operation {}

/// Every operation of every service, and the gateway's own.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    Upstream::ALL.iter().flat_map(|upstream| upstream.operations()).chain(gateway::ALL).copied()
}
