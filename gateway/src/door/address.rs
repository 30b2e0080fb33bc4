//! Where a request comes from.

use std::net::IpAddr;

use actix_http::RequestHead;
use actix_http::header::HeaderName;

pub(crate) const FORWARDED_FOR: HeaderName = HeaderName::from_static(platform::household::FORWARDED_FOR);

/// The caller's own address, as far as it can be believed.
///
/// Each of our own `proxy_hops` proxies in front has appended the address it saw to `X-Forwarded-For`; whatever stands
/// further left was written by somebody else.
pub(crate) fn caller_address(head: &RequestHead, proxy_hops: usize) -> Option<IpAddr> {
    let peer = head.peer_addr.map(|address| address.ip());
    let Some(from_the_right) = proxy_hops.checked_sub(1) else {
        return peer;
    };
    let mut lines: Vec<_> = head.headers.get_all(FORWARDED_FOR).collect();
    lines.reverse();
    // Byte by byte: what somebody wrote further left must not spoil what our own proxies appended.
    lines
        .iter()
        .flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','))
        .nth(from_the_right)
        .and_then(|text| std::str::from_utf8(text).ok()?.trim().parse().ok())
        .or(peer)
}
