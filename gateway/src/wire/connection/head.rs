//! What is looked at in a head before and after the codec: the few things it is lenient about.

use actix_http::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING, UPGRADE};
use actix_http::{Method, RequestHead, Uri};
use http::uri::Authority;

/// Why the head of a request can't be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HeadFault {
    #[error("the head of the request is malformed: {0}")]
    Malformed(&'static str),
    #[error("the head of the request is too large")]
    TooLarge,
    #[error("the head of the request did not arrive in time")]
    TooSlow,
}

/// How far the search for a head's end has come.
#[derive(Debug, Default)]
pub(super) struct Scan {
    searched: usize,
    /// The end of the last line that was found.
    line_end: usize,
}

impl Scan {
    /// The length of the head if it is there completely.
    ///
    /// A line ends in CR LF and nothing else: whoever takes a bare LF for an end of line sees other requests in the same
    /// bytes than somebody who doesn't.
    pub(super) fn end(&mut self, input: &[u8]) -> Result<Option<usize>, HeadFault> {
        if input.first().is_some_and(|byte| !byte.is_ascii_uppercase()) {
            return Err(HeadFault::Malformed("it does not begin with a method"));
        }
        while let Some(rest) = input.get(self.searched..)
            && let Some(offset) = memchr::memchr(b'\n', rest)
        {
            let line_end = self.searched + offset + 1;
            let line = input.get(..line_end).unwrap_or_default();
            if !line.ends_with(b"\r\n") {
                return Err(HeadFault::Malformed("a line ends in a bare line feed"));
            }
            // The codec drops a fragment in silence; others take it for a part of the path.
            if self.line_end == 0 && memchr::memchr(b'#', line).is_some() {
                return Err(HeadFault::Malformed("the target has a fragment"));
            }
            self.line_end = line_end;
            self.searched = line_end;
            if line.ends_with(b"\r\n\r\n") {
                return Ok(Some(line_end));
            }
        }
        self.searched = input.len();
        Ok(None)
    }
}

/// Refuses what the codec lets pass although it can be read in two ways.
pub(super) fn check(head: &RequestHead, is_stream: bool) -> Result<(), HeadFault> {
    let headers = &head.headers;
    if is_stream
        && headers.contains_key(UPGRADE)
        && (headers.contains_key(CONTENT_LENGTH) || headers.contains_key(TRANSFER_ENCODING))
    {
        return Err(HeadFault::Malformed("an upgrade has a body"));
    }
    let host = match headers.get(HOST) {
        Some(host) => host.as_bytes(),
        None => b"",
    };
    if !host.is_empty() && !Authority::try_from(host).is_ok_and(|host| is_host_and_port(&host)) {
        return Err(HeadFault::Malformed("`Host` is none"));
    }
    // `scheme://host/path`, or without scheme a path; a host alone is for tunnels.
    let is_target = match head.uri.scheme_str() {
        Some(scheme) => matches!(scheme, "http" | "https"),
        None => head.uri.authority().is_none() || head.method == Method::CONNECT,
    };
    if !is_target {
        return Err(HeadFault::Malformed("the target is of no known form"));
    }
    if names_another_host(&head.uri, host) {
        return Err(HeadFault::Malformed("the target's host is another than `Host`"));
    }
    Ok(())
}

/// No user, and a port that is one if there is any.
fn is_host_and_port(authority: &Authority) -> bool {
    let has_port = authority.host().len() != authority.as_str().len();
    !authority.as_str().contains('@') && (!has_port || authority.port_u16().is_some())
}

/// A target in absolute form says where it goes by itself; it may not contradict the header.
fn names_another_host(target: &Uri, host: &[u8]) -> bool {
    target.scheme().is_some()
        && target.authority().is_some_and(|said| !said.as_str().as_bytes().eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_at_its_first_empty_line() {
        let text = b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET";
        let mut scan = Scan::default();
        // However the bytes arrive, the end is the same.
        for length in 1..27 {
            assert_eq!(scan.end(&text[..length]), Ok(None), "{length}");
        }
        assert_eq!(scan.end(text), Ok(Some(27)));
        assert_eq!(Scan::default().end(text), Ok(Some(27)));
    }

    #[test]
    fn lines_end_in_carriage_return_and_line_feed_only() {
        for text in [
            &b"\n"[..],
            b"GET / HTTP/1.1\nHost: x\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\n\n",
            b"\x16\x03\x01\x02\x00",
            b" GET / HTTP/1.1\r\n\r\n",
        ] {
            assert!(Scan::default().end(text).is_err(), "{text:?}");
        }
    }

    /// Pieces heads are made of, and what spoils them.
    const PIECES: [&[u8]; 12] = [
        b"GET / HTTP/1.1",
        b"Host: x",
        b"\r\n",
        b"\r\n\r\n",
        b"\r",
        b"\n",
        b"X",
        b"#",
        b" ",
        b"\0",
        b"\xff",
        b": ",
    ];

    proptest::proptest! {
        #[test]
        fn however_a_head_arrives_it_ends_at_the_same_place(
            pieces in proptest::collection::vec(0..PIECES.len(), 0..20),
            cuts in proptest::collection::vec(0_usize..120, 0..6),
        ) {
            let text: Vec<u8> = pieces.iter().flat_map(|piece| PIECES[*piece]).copied().collect();
            let whole = Scan::default().end(&text);
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut < text.len()).collect();
            cuts.sort_unstable();
            let mut scan = Scan::default();
            let mut early = None;
            for cut in cuts {
                match scan.end(&text[..cut]) {
                    Ok(None) => {}
                    found => {
                        early = Some(found);
                        break;
                    }
                }
            }
            let found = early.unwrap_or_else(|| scan.end(&text));
            // Only of what is wrong with it may more be known in the end than on the way.
            proptest::prop_assert_eq!(found.is_err(), whole.is_err());
            if let Ok(Some(end)) = whole {
                proptest::prop_assert_eq!(found, whole);
                let head = &text[..end];
                proptest::prop_assert_eq!(head.windows(4).position(|window| window == b"\r\n\r\n"), Some(end - 4));
                let line_feeds = head.iter().filter(|byte| **byte == b'\n').count();
                proptest::prop_assert_eq!(head.windows(2).filter(|window| *window == b"\r\n").count(), line_feeds);
                proptest::prop_assert!(head[0].is_ascii_uppercase());
            }
        }
    }
}
