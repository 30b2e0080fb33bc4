//! Calls the gateway the way shops, agents and their systems do.

use local_stack::token::{AUDIENCE, ISSUER, LocalIssuer};
use platform::clock::Clock;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use test_kit::service::{TestAnswer, read};

/// A client of the gateway, with the key that signs tokens.
pub struct Storefront {
    base: String,
    http: reqwest::Client,
    issuer: LocalIssuer,
}

impl Storefront {
    pub(crate) fn new(base: String, issuer: LocalIssuer) -> Self {
        Self { base, http: reqwest::Client::new(), issuer }
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    /// The claims of a good token; a story may spoil them before it signs them with [`Storefront::sign`].
    pub fn claims(&self, role: &str, subject: &str) -> Value {
        let now = Clock::system().now().timestamp();
        let mut claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "roles": [role], "siteNo": "1",
            "iat": now, "exp": now + 3600,
        });
        if role == "guest" {
            claims["ordNo"] = json!(subject);
        }
        claims
    }

    pub fn sign(&self, claims: &Value) -> String {
        self.issuer.sign(claims).expect("claims are JSON")
    }

    pub fn member(&self, member_no: &str) -> String {
        self.sign(&self.claims("member", member_no))
    }

    pub fn guest(&self, order_no: &str) -> String {
        self.sign(&self.claims("guest", order_no))
    }

    pub fn agent(&self) -> String {
        self.sign(&self.claims("agent", "agent-1"))
    }

    pub fn admin(&self) -> String {
        self.sign(&self.claims("admin", "admin-1"))
    }

    pub fn service(&self) -> String {
        self.sign(&self.claims("service", "shop-backend"))
    }

    /// The same token for another site.
    pub fn member_on_site(&self, member_no: &str, site_no: &str) -> String {
        let mut claims = self.claims("member", member_no);
        claims["siteNo"] = json!(site_no);
        self.sign(&claims)
    }

    /// A request, with a token if `token` is not empty.
    pub fn request(&self, method: Method, path_and_query: &str, token: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path_and_query}", self.base));
        if token.is_empty() { request } else { request.bearer_auth(token) }
    }

    pub async fn post(&self, path: &str, token: &str, body: &Value) -> TestAnswer {
        read(self.request(Method::POST, path, token).json(body)).await
    }

    pub async fn get(&self, path_and_query: &str, token: &str) -> TestAnswer {
        read(self.request(Method::GET, path_and_query, token)).await
    }

    /// Takes orders in, as the shop's order system does, and insists on success.
    pub async fn take_in(&self, orders: &[Value]) {
        let answer = self.post("/v1/order/orders", &self.service(), &json!({"orders": orders})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Moves lines of an order, and insists on success.
    pub async fn move_lines(&self, order_no: &str, lines: &Value) {
        let path = format!("/v1/order/orders/{order_no}/status");
        let answer = self.post(&path, &self.service(), &json!({"lines": lines})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
}
