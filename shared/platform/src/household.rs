//! Whom a request without a token comes from, as far as one such caller can be told from another.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv6Addr};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::error::Problem;

/// Header in which the gateway names the caller's address, and nobody else does.
pub const FORWARDED_FOR: &str = "x-forwarded-for";

/// An address, of IPv6 a whole /64: one household has as many to choose from. Nobody's where the gateway named none.
///
/// It is personal: it can be compared, and not be printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Household(Option<IpAddr>);

impl Household {
    pub fn of(address: IpAddr) -> Self {
        Self(Some(first_address(address)))
    }
}

/// The address that stands for all of a household.
pub fn first_address(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

impl FromRequest for Household {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let named = request.headers().get(FORWARDED_FOR).and_then(|value| value.to_str().ok()?.parse().ok());
        ready(Ok(named.map_or(Self(None), Self::of)))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn household(text: &str) -> Household {
        let request = TestRequest::default().insert_header((FORWARDED_FOR, text)).to_http_request();
        let read = Household::from_request(&request, &mut Payload::None).into_inner();
        read.unwrap_or_else(|problem| panic!("{problem}"))
    }

    #[test]
    fn a_household_is_an_address_or_a_network_of_64_bits() {
        assert!(household("203.0.113.7") == household("::ffff:203.0.113.7"));
        assert!(household("203.0.113.7") != household("203.0.113.8"));
        assert!(household("2001:db8::1") == household("2001:db8::ffff:1"));
        assert!(household("2001:db8::1") != household("2001:db8:0:1::1"));
        assert!(household("nonsense") == Household(None));
    }
}
