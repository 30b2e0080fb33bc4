//! Every request's one answer.

use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use serde_json::{Value, json};

use super::authorize::{Asked, Fields, Refused, way_back};
use super::clients::Clients;
use super::{Issuer, people, shop, tokens};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem;color:#1b1f27;background:#fff}\
h1{font-size:1.25rem}strong{color:#b3141f}form{display:grid;gap:.5rem}\
button{font:inherit;text-align:left;padding:.6rem .8rem;border:1px solid #7e8798;border-radius:4px;background:#f6f7f9;color:#1b1f27;cursor:pointer}\
button:focus-visible{outline:2px solid #1d55c4;outline-offset:2px}small{color:#525b6b}";

/// What pages of other origins ask for themselves.
const FOR_PAGES: [&str; 4] = ["/.well-known/openid-configuration", "/jwks.json", "/token", "/revoke"];

pub(super) async fn answer(
    request: HttpRequest,
    body: web::Bytes,
    issuer: web::Data<Issuer>,
) -> HttpResponse {
    let mut response = serve(&request, &body, &issuer);
    let (path, clients) = (request.path(), &issuer.clients);
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // Not `no-referrer`: a form would then be sent by nobody.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if let Ok(policy) = HeaderValue::from_str(&policy(path, clients)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if FOR_PAGES.contains(&path) {
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
        if let Some(origin) = request.headers().get(header::ORIGIN).filter(|origin| is_known(origin, clients))
        {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
    }
    response
}

fn policy(path: &str, clients: &Clients) -> String {
    let Clients { gateway, origins, .. } = clients;
    if path.starts_with("/shop/") {
        return format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self' {gateway}; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
             trusted-types 'none'"
        );
    }
    // The form's answer leads to the page that asked.
    format!(
        "default-src 'none'; style-src 'self'; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        origins.join(" ")
    )
}

fn is_known(origin: &HeaderValue, clients: &Clients) -> bool {
    clients.origins.iter().any(|known| known.as_bytes() == origin.as_bytes())
}

fn serve(request: &HttpRequest, body: &[u8], issuer: &Issuer) -> HttpResponse {
    let clients = &issuer.clients;
    let host = only(request, header::HOST);
    // A foreign name may lead to this machine too: its page would take this server for its own.
    if !host.is_some_and(|host| clients.hosts.iter().any(|own| own == host)) {
        return HttpResponse::MisdirectedRequest().finish();
    }
    let is_form = || {
        let kind = only(request, header::CONTENT_TYPE).and_then(|kind| kind.split(';').next());
        kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
    };
    // A browser names where a form was sent from; of other origins only known pages, and only what they ask for themselves.
    let origin = request.headers().get(header::ORIGIN);
    let is_own = || {
        origin.is_none_or(|origin| {
            clients.hosts.iter().any(|own| origin.as_bytes() == format!("http://{own}").as_bytes())
        })
    };
    let is_page = || origin.is_none_or(|origin| is_known(origin, clients));
    match (request.method(), request.path()) {
        (&Method::OPTIONS, path) if FOR_PAGES.contains(&path) => HttpResponse::NoContent()
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "accept, content-type"))
            .finish(),
        (&Method::GET, "/.well-known/openid-configuration") => {
            HttpResponse::Ok().json(discovery(&clients.iss))
        }
        (&Method::GET, "/jwks.json") => {
            HttpResponse::Ok().content_type("application/json").body(issuer.keys.clone())
        }
        (&Method::GET, "/style.css") => {
            HttpResponse::Ok().content_type("text/css; charset=utf-8").body(STYLE)
        }
        (&Method::GET, "/authorize") => authorize(request.query_string().as_bytes(), false, issuer),
        (&Method::POST, "/authorize") if is_form() && is_own() => authorize(body, true, issuer),
        (&Method::POST, "/token") if is_form() && is_page() => token(request, body, issuer),
        (&Method::POST, "/revoke") if is_form() && is_page() => {
            if let Some(token) = Fields::read(body).as_ref().and_then(|fields| fields.get("token")) {
                issuer.grants.revoke(token);
            }
            HttpResponse::Ok().finish()
        }
        (&Method::POST, "/authorize" | "/token" | "/revoke") => HttpResponse::Forbidden().finish(),
        (&Method::GET, "/logout") => leave(request.query_string().as_bytes(), clients),
        (&Method::GET, "/shop/config.json") => HttpResponse::Ok().json(clients.shop_config()),
        (&Method::GET, "/" | "/shop") => to(HttpResponse::SeeOther(), "/shop/"),
        (&Method::GET, path) => {
            path.strip_prefix("/shop/").map_or_else(|| HttpResponse::NotFound().finish(), shop::file)
        }
        _ => HttpResponse::MethodNotAllowed().finish(),
    }
}

/// The value of a header that is there exactly once.
fn only(request: &HttpRequest, name: HeaderName) -> Option<&str> {
    let mut values = request.headers().get_all(name);
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

fn discovery(iss: &str) -> Value {
    json!({
        "issuer": iss,
        "authorization_endpoint": format!("{iss}/authorize"),
        "token_endpoint": format!("{iss}/token"),
        "revocation_endpoint": format!("{iss}/revoke"),
        "end_session_endpoint": format!("{iss}/logout"),
        "jwks_uri": format!("{iss}/jwks.json"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "scopes_supported": ["openid"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "authorization_response_iss_parameter_supported": true,
    })
}

/// Shows who can be picked, or sends the one that was picked back with a code.
fn authorize(text: &[u8], is_picked: bool, issuer: &Issuer) -> HttpResponse {
    let Some(fields) = Fields::read(text) else {
        return page(HttpResponse::BadRequest(), "<p>요청에 같은 이름이 두 번 있습니다.</p>");
    };
    let iss = &issuer.clients.iss;
    let asked = match Asked::read(&fields, &issuer.clients) {
        Ok(asked) => asked,
        Err(Refused::Here(why)) => return page(HttpResponse::BadRequest(), &format!("<p>{why}</p>")),
        Err(Refused::There { redirect_uri, state, error }) => {
            let mut told = vec![("error", error)];
            told.extend(state.map(|state| ("state", state)));
            return to(HttpResponse::SeeOther(), &way_back(redirect_uri, iss, &told));
        }
    };
    if !is_picked {
        return page(HttpResponse::Ok(), &form(&fields));
    }
    let Some(person) = fields.get("person").and_then(people::find) else {
        return page(HttpResponse::BadRequest(), "<p>알 수 없는 사람입니다.</p>");
    };
    let told = match issuer.grants.code(&asked, person) {
        Some(code) => vec![("code", code), ("state", asked.state.to_owned())],
        None => vec![("error", "temporarily_unavailable".to_owned()), ("state", asked.state.to_owned())],
    };
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    to(HttpResponse::SeeOther(), &way_back(asked.redirect_uri, iss, &told))
}

/// Without a script: every person is a button of one form, which says again what was asked.
fn form(fields: &Fields) -> String {
    let mut text = "<form method=\"post\" action=\"/authorize\">".to_owned();
    for (name, value) in fields.all().filter(|(name, _)| *name != "person") {
        text += &format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value));
    }
    for person in &people::PEOPLE {
        let (sub, name, what) = (person.sub, person.name, person.what);
        text +=
            &format!("<button name=\"person\" value=\"{sub}\">{name} <small>{sub} · {what}</small></button>");
    }
    text + "</form>"
}

fn page(mut status: HttpResponseBuilder, content: &str) -> HttpResponse {
    status.content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><html lang=\"ko\"><head><meta charset=\"utf-8\"><title>로그인 (로컬 전용)</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"/style.css\">\
         </head><body><main><h1>누구로 로그인할까요? <strong>로컬 전용</strong></h1>{content}</main></body></html>"
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

fn to(mut status: HttpResponseBuilder, place: &str) -> HttpResponse {
    status.insert_header((header::LOCATION, place)).finish()
}

fn token(request: &HttpRequest, body: &[u8], issuer: &Issuer) -> HttpResponse {
    let refused = |error: &str| HttpResponse::BadRequest().json(json!({"error": error}));
    let Some(fields) = Fields::read(body) else { return refused("invalid_request") };
    // Pages keep no secrets; who brings one takes us for somebody else.
    let has_secret =
        request.headers().contains_key(header::AUTHORIZATION) || fields.get("client_secret").is_some();
    let client_id = fields.get("client_id").filter(|id| !has_secret && issuer.clients.find(id).is_some());
    let Some(client_id) = client_id else { return refused("invalid_client") };
    let text = |name: &str| fields.get(name).unwrap_or_default();
    let granted = match text("grant_type") {
        "authorization_code" => {
            issuer.grants.redeem(client_id, text("code"), text("redirect_uri"), text("code_verifier"))
        }
        "refresh_token" => issuer.grants.renew(client_id, text("refresh_token")),
        _ => return refused("unsupported_grant_type"),
    };
    let Some(granted) = granted else { return refused("invalid_grant") };
    match tokens::answer(issuer, &granted) {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(_) => HttpResponse::InternalServerError().json(json!({"error": "server_error"})),
    }
}

/// Nobody is remembered here: signing out is going back, where that is a known place.
fn leave(query: &[u8], clients: &Clients) -> HttpResponse {
    let fields = Fields::read(query);
    let asked = fields.as_ref().and_then(|fields| {
        let client = clients.find(fields.get("client_id")?)?;
        client.left_uris.iter().find(|known| Some(known.as_str()) == fields.get("post_logout_redirect_uri"))
    });
    match asked {
        Some(place) => to(HttpResponse::SeeOther(), place),
        None => page(HttpResponse::Ok(), "<p>로그아웃했습니다.</p>"),
    }
}
