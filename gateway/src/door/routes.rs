//! Which operation a path means, under which prefix it may be called, and in which form it travels on.

mod normal_path;

use std::borrow::Cow;

use contract::operations::{self, Access, Method, Operation, Prefix};
use platform::operations::{Found, Table, TableError};

use self::normal_path::normalise;

/// The gateway's own pages. They are not routed to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnPage {
    Live,
    Ready,
    Jwks,
    OpenApi,
    Docs(DocsFile),
    /// Whatever begins with the path of the agents' desk, where that is switched on.
    Desk,
}

/// A file of the page that shows the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DocsFile {
    Index,
    Init,
    Bundle,
    Style,
}

impl DocsFile {
    pub(crate) fn at(path: &str) -> Option<Self> {
        match path {
            "/docs" => Some(Self::Index),
            "/docs/init.js" => Some(Self::Init),
            "/docs/swagger-ui-bundle.js" => Some(Self::Bundle),
            "/docs/swagger-ui.css" => Some(Self::Style),
            _ => None,
        }
    }
}

impl OwnPage {
    /// Whether it counts for the rate of who asks. Whoever watches over the process must always get an answer.
    pub(crate) fn is_counted(self) -> bool {
        match self {
            Self::Live | Self::Ready => false,
            Self::Jwks | Self::OpenApi | Self::Docs(_) | Self::Desk => true,
        }
    }
}

/// Where a request goes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    OwnPage(OwnPage),
    Operation {
        operation: &'static Operation,
        /// The bare, normalised path: the one that was routed on is the one that is sent.
        path: Cow<'a, str>,
    },
    /// The path is known, under these methods.
    WrongMethod(Vec<Method>),
    UnknownPath,
}

/// Every operation outsiders may call, by the prefix it answers under.
#[derive(Debug)]
pub(crate) struct RouteTable {
    bare: Table,
    prefixed: Vec<(&'static str, Table)>,
    has_desk: bool,
}

/// Why the declared operations make no table. The gateway doesn't start then.
#[derive(Debug, thiserror::Error)]
pub enum RouteTableError {
    #[error(transparent)]
    Table(#[from] TableError),
    #[error("operation `{0}` has no rule: no role may call it")]
    NoRule(&'static str),
    #[error("operation `{0}` answers under another prefix than its path asks for")]
    Prefix(&'static str),
    #[error("operation `{0}` has a path outside the API")]
    Path(&'static str),
}

impl RouteTable {
    pub(crate) fn new() -> Result<Self, RouteTableError> {
        Self::of(operations::all())
    }

    fn of(operations: impl IntoIterator<Item = &'static Operation>) -> Result<Self, RouteTableError> {
        let mut routed = Vec::new();
        for operation in operations {
            match operation.access {
                Access::Internal => continue,
                Access::Roles([]) => return Err(RouteTableError::NoRule(operation.id)),
                Access::Roles(_) | Access::Public | Access::VendorKey => {}
            }
            if prefix_of(operation.path).ok_or(RouteTableError::Path(operation.id))? != operation.prefix {
                return Err(RouteTableError::Prefix(operation.id));
            }
            routed.push(operation);
        }
        let with =
            |prefix: Prefix| routed.iter().copied().filter(move |operation| operation.prefix == prefix);
        let prefixed = [Prefix::Order, Prefix::Goods, Prefix::BackOffice]
            .into_iter()
            .filter_map(|prefix| prefix.path().map(|path| (path, prefix)))
            .map(|(path, prefix)| Ok((path, Table::new(with(prefix))?)))
            .collect::<Result<_, TableError>>()?;
        Ok(Self { bare: Table::new(routed.iter().copied())?, prefixed, has_desk: false })
    }

    pub(crate) fn with_desk(self, has_desk: bool) -> Self {
        Self { has_desk, ..self }
    }

    /// Decides by method and by the path as it came.
    pub(crate) fn find<'a>(&self, method: &str, raw_path: &'a str) -> Route<'a> {
        let Some(path) = normalise(raw_path) else {
            return Route::UnknownPath;
        };
        // Under the desk a path is what it was written as: by that its answers get their headers.
        let is_desk = self.has_desk && is_under_desk(raw_path) && path == raw_path;
        if let Some(page) = is_desk.then_some(OwnPage::Desk).or_else(|| own_page(&path)) {
            return if method == "GET" {
                Route::OwnPage(page)
            } else {
                Route::WrongMethod(vec![Method::Get])
            };
        }
        let (table, prefix_length) = self
            .prefixed
            .iter()
            .find(|(prefix, _)| path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/')))
            .map_or((&self.bare, 0), |(prefix, table)| (table, prefix.len()));
        let path = without_start(path, prefix_length);
        match table.find(method, &path) {
            Found::Operation(operation) => Route::Operation { operation, path },
            Found::WrongMethod(methods) => Route::WrongMethod(methods),
            Found::UnknownPath => Route::UnknownPath,
        }
    }
}

fn without_start(path: Cow<'_, str>, length: usize) -> Cow<'_, str> {
    match path {
        Cow::Borrowed(path) => Cow::Borrowed(path.get(length..).unwrap_or_default()),
        Cow::Owned(mut path) => {
            path.drain(..length);
            Cow::Owned(path)
        }
    }
}

/// Whether a path, as it came, is the desk's.
pub(crate) fn is_under_desk(raw_path: &str) -> bool {
    raw_path.strip_prefix("/desk").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn own_page(path: &str) -> Option<OwnPage> {
    match path {
        platform::health::LIVE_PATH => Some(OwnPage::Live),
        platform::health::READY_PATH => Some(OwnPage::Ready),
        "/.well-known/jwks.json" => Some(OwnPage::Jwks),
        "/openapi.json" => Some(OwnPage::OpenApi),
        _ => DocsFile::at(path).map(OwnPage::Docs),
    }
}

/// The prefix a bare path answers under (contract, section 1), or None for a path that is none of the API's.
fn prefix_of(path: &str) -> Option<Prefix> {
    const GOODS: [&str; 2] = ["/v1/detail/", "/v1/goods/"];
    const BACK_OFFICE: [&str; 3] = [
        "/v1/customerservice/integratedCounselMgmt/",
        "/v1/customerservice/counselTemplateMgmt/",
        "/v1/customerservice/counselTypeMgmt/",
    ];
    let is_under = |prefixes: &[&str]| prefixes.iter().any(|prefix| path.starts_with(prefix));
    if is_under(&GOODS) {
        Some(Prefix::Goods)
    } else if is_under(&BACK_OFFICE) {
        Some(Prefix::BackOffice)
    } else if is_under(&["/v1/"]) {
        Some(Prefix::Order)
    } else if is_under(&["/api/clm/", "/api/pd/"]) {
        Some(Prefix::Bare)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
