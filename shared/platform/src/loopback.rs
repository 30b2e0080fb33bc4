//! Addresses that can't leave this machine: the only ones a secret may go to without TLS.

use url::{Host, Url};

/// Whether an address leads to this machine and nowhere else.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether what is sent to an address can't be read on its way: over https, or over http on this machine.
pub fn is_private_way(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_for_this_machine_only() {
        for (address, is_private) in [
            ("https://api.example.com", true),
            ("http://localhost:9999", true),
            ("http://127.0.0.1:9999", true),
            ("http://127.8.8.8", true),
            ("http://[::1]:9999", true),
            ("http://api.example.com", false),
            ("http://127.0.0.1.example", false),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
            ("ftp://localhost", false),
            ("data:text/plain,x", false),
        ] {
            let url = Url::parse(address).unwrap();
            assert_eq!(is_private_way(&url), is_private, "{address}");
        }
    }
}
