//! Which form a request has, and which one its answer gets.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Format {
    /// Of a media type without parameters.
    fn of(essence: &str) -> Option<Self> {
        if essence.eq_ignore_ascii_case("application/json") {
            Some(Self::Json)
        } else if essence.eq_ignore_ascii_case("application/xml") {
            Some(Self::Xml)
        } else {
            None
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Formats {
    /// None where no body was announced.
    pub(super) request: Option<Format>,
    /// Whether a charset, if one is named, is the one we read.
    pub(super) is_utf8: bool,
    pub(super) answer: Format,
}

impl Formats {
    pub(super) fn of(content_type: Option<&str>, accept: Option<&str>) -> Self {
        let sent = content_type.and_then(|value| Format::of(essence(value)));
        let wished = accept.and_then(|accept| wished(accept, sent));
        let is_utf8 = content_type.is_none_or(is_utf8);
        Self { request: sent, is_utf8, answer: wished.or(sent).unwrap_or(Format::Json) }
    }
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or("").trim()
}

fn parameter<'a>(media_type: &'a str, name: &str) -> Option<&'a str> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (known, value) = parameter.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

fn is_utf8(content_type: &str) -> bool {
    parameter(content_type, "charset").is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8"))
}

/// The one of the two that the caller would rather have; where both are equally dear, what it sent itself.
fn wished(accept: &str, sent: Option<Format>) -> Option<Format> {
    let mut best: Option<(u32, Format)> = None;
    for range in accept.split(',') {
        let Some(format) = Format::of(essence(range)) else { continue };
        let weight = parameter(range, "q").map_or(1_000, thousandths);
        let is_better =
            best.is_none_or(|(other, _)| weight > other || (weight == other && sent == Some(format)));
        if weight > 0 && is_better {
            best = Some((weight, format));
        }
    }
    best.map(|(_, format)| format)
}

/// A quality as `0.5`; one that can't be read counts nothing.
fn thousandths(quality: &str) -> u32 {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    if fraction.len() > 3 {
        return 0;
    }
    format!("{whole}{fraction:0<3}").parse().map_or(0, |weight: u32| if weight > 1_000 { 0 } else { weight })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::vendors::format::Format::{Json, Xml};

    #[track_caller]
    fn check(content_type: &str, accept: Option<&str>, request: Option<Format>, answer: Format) {
        assert_eq!(Formats::of(Some(content_type), accept), Formats { request, is_utf8: true, answer });
    }

    #[test]
    fn an_answer_has_the_form_of_its_request_unless_the_other_is_asked_for() {
        check("application/json", None, Some(Json), Json);
        check("application/xml", None, Some(Xml), Xml);
        check("Application/XML; charset=\"UTF-8\"", None, Some(Xml), Xml);
        check("application/json", Some("application/xml"), Some(Json), Xml);
        check("application/xml", Some("application/json"), Some(Xml), Json);
        for accept in ["*/*", "text/xml", "application/*", "", "text/html, */*;q=0.8", "image/png"] {
            check("application/xml", Some(accept), Some(Xml), Xml);
            check("application/json", Some(accept), Some(Json), Json);
        }
    }

    #[test]
    fn of_both_the_dearer_wins_and_at_a_tie_what_was_sent() {
        check("application/xml", Some("application/json, application/xml"), Some(Xml), Xml);
        check("application/json", Some("application/xml, application/json"), Some(Json), Json);
        check("application/json", Some("application/json;q=0.5, application/xml;q=0.51"), Some(Json), Xml);
        check("application/json", Some("application/xml;q=0"), Some(Json), Json);
        check("application/json", Some("application/xml;q=x"), Some(Json), Json);
        check("application/json", Some("application/xml;q=1.000"), Some(Json), Xml);
    }

    #[test]
    fn another_charset_or_type_is_not_read() {
        let korean = Formats::of(Some("application/xml; charset=euc-kr"), None);
        assert_eq!(korean, Formats { request: Some(Xml), is_utf8: false, answer: Xml });
        check("text/plain", None, None, Json);
        check("text/plain", Some("application/xml"), None, Xml);
        assert_eq!(Formats::of(None, None), Formats { request: None, is_utf8: true, answer: Json });
    }
}
