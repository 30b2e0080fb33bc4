//! What describes the API: the document, made of the declared operations, and a page that shows it.
//!
//! The page and all it needs come with the program: it asks nobody else's server.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use bytes::Bytes;

use crate::door::DocsFile;

/// Made once, when it is first asked for.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(contract::openapi::document().to_string()));

/// A page that is read again after an upgrade, and not at every click.
const AN_HOUR: (actix_web::http::header::HeaderName, &str) = (CACHE_CONTROL, "public, max-age=3600");
/// Swagger UI styles its parts in place; everything else comes from here.
const OWN_THINGS_ONLY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                               frame-ancestors 'none'; base-uri 'none'";

pub(super) fn document() -> HttpResponse {
    HttpResponse::Ok().insert_header(AN_HOUR).content_type("application/json").body(DOCUMENT.clone())
}

pub(super) fn file(file: DocsFile) -> HttpResponse {
    let (content_type, text) = match file {
        DocsFile::Index => ("text/html; charset=utf-8", include_str!("../../assets/swagger-ui/index.html")),
        DocsFile::Init => ("text/javascript; charset=utf-8", include_str!("../../assets/swagger-ui/init.js")),
        DocsFile::Bundle => {
            ("text/javascript; charset=utf-8", include_str!("../../assets/swagger-ui/swagger-ui-bundle.js"))
        }
        DocsFile::Style => {
            ("text/css; charset=utf-8", include_str!("../../assets/swagger-ui/swagger-ui.css"))
        }
    };
    HttpResponse::Ok()
        .insert_header(AN_HOUR)
        .insert_header((CONTENT_SECURITY_POLICY, OWN_THINGS_ONLY))
        .content_type(content_type)
        .body(text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use contract::operations::{self, Access};

    use crate::door::{DocsFile, Route, RouteTable};

    #[test]
    fn what_is_documented_is_what_is_routed() {
        let table = RouteTable::new().unwrap();
        let document = contract::openapi::document();
        let mut documented = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, written) in methods.as_object().unwrap() {
                // Any value will do in the place of a parameter.
                let asked = path.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
                let asked = asked.collect::<Vec<_>>().join("/");
                match table.find(&method.to_uppercase(), &asked) {
                    Route::Operation { operation, .. } => {
                        let id = written["operationId"].as_str().unwrap();
                        assert_eq!(id.trim_end_matches(".prefixed"), operation.id, "{path}");
                        documented.insert(operation.id);
                    }
                    Route::OwnPage(_) => {}
                    other => panic!("{method} {path} is documented and leads to {other:?}"),
                }
            }
        }
        let declared = operations::all().filter(|operation| operation.access != Access::Internal);
        assert_eq!(documented, declared.map(|operation| operation.id).collect());
    }

    #[test]
    fn the_page_asks_nobody_else() {
        let page = include_str!("../../assets/swagger-ui/index.html");
        for part in page.split(['"']).filter(|part| part.contains("://") || part.starts_with('/')) {
            assert!(DocsFile::at(part).is_some(), "{part} is not here");
        }
        assert!(!include_str!("../../assets/swagger-ui/swagger-ui.css").contains("@import"));
    }
}
