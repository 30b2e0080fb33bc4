//! Which pages may have people sign in, and where they may be sent back to: exactly there.

/// The name the desk is known by.
pub const DESK: &str = "desk";
const SHOP: &str = "shop";

#[derive(Debug)]
pub(super) struct Client {
    pub(super) id: &'static str,
    pub(super) redirect_uris: Vec<String>,
    /// Where one may go after signing out.
    pub(super) left_uris: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Clients {
    pub(super) iss: String,
    pub(super) gateway: String,
    /// Origins whose pages may read answers.
    pub(super) origins: Vec<String>,
    /// What a browser may call this server.
    pub(super) hosts: Vec<String>,
    clients: Vec<Client>,
}

impl Clients {
    pub(super) fn new(gateway_port: u16, own_port: u16) -> Self {
        // A browser takes the two names of this machine for two places.
        let both = |port: u16| ["127.0.0.1", "localhost"].map(|host| format!("{host}:{port}"));
        let origins = |port: u16| both(port).map(|host| format!("http://{host}"));
        let (desk, shop) = (origins(gateway_port), origins(own_port));
        let at = |origins: &[String], paths: &[&str]| -> Vec<String> {
            origins
                .iter()
                .flat_map(|origin| paths.iter().map(move |path| format!("{origin}{path}")))
                .collect()
        };
        Self {
            iss: format!("http://127.0.0.1:{own_port}"),
            gateway: format!("http://127.0.0.1:{gateway_port}"),
            clients: vec![
                Client {
                    id: DESK,
                    redirect_uris: at(&desk, &["/desk/callback"]),
                    left_uris: at(&desk, &["/desk", "/desk?signedOut"]),
                },
                Client { id: SHOP, redirect_uris: at(&shop, &["/shop/"]), left_uris: at(&shop, &["/shop/"]) },
            ],
            origins: desk.into_iter().chain(shop).collect(),
            hosts: both(own_port).into(),
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }

    /// What the shop's pages have to know.
    pub(super) fn shop_config(&self) -> serde_json::Value {
        serde_json::json!({"gateway": self.gateway, "issuer": self.iss, "clientId": SHOP})
    }
}
