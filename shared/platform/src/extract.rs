//! Extractors whose refusals speak the envelope's language.

mod every_fault;
mod fault;
mod pairs;
mod unkeepable;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use bytes::{Bytes, BytesMut};
use contract::ResultCode;
use contract::operations::Operation;
use dto::envelope::{FieldError, MOST_FIELD_ERRORS};
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

pub use self::pairs::pairs;

use self::fault::Fault;
use self::unkeepable::unkeepable;
use crate::body_budget::HeldBody;
use crate::error::Problem;
use crate::form::Form;
use crate::identity::Caller;

/// Field name of a row about the body as a whole.
pub const BODY: &str = "body";
/// Limit of a body where no operation names one.
const DEFAULT_BODY_LIMIT: usize = 1 << 20;

/// A JSON body, and what is wrong with it so far.
///
/// Where fields can't be read, something else stands in their place, so that the rest can be looked at too: a request hears of
/// all that is wrong with it at once (contract, section 1). The value must therefore not be used before the form is finished.
#[derive(Debug)]
pub struct Json<T> {
    value: T,
    form: Form,
}

impl<T> Json<T> {
    /// The value, and the form that the rest of its faults go into. Rules over several fields have nothing to say while the form
    /// has errors.
    pub fn open(self) -> (T, Form) {
        (self.value, self.form)
    }

    /// The value of a body whose type says all there is to say of it.
    pub fn checked(self) -> Result<T, Problem> {
        self.form.complete(Some(self.value))
    }
}

/// The query string, and what is wrong with it so far; see [`Json`].
#[derive(Debug)]
pub struct Query<T> {
    value: T,
    form: Form,
}

impl<T> Query<T> {
    /// As [`Json::open`].
    pub fn open(self) -> (T, Form) {
        (self.value, self.form)
    }

    /// As [`Json::checked`].
    pub fn checked(self) -> Result<T, Problem> {
        self.form.complete(Some(self.value))
    }
}

/// The first variable part of the path, percent-decoded.
#[derive(Clone, Debug)]
pub struct PathValue(pub String);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let body = read_body(&request, payload, body_limit(&request)).await?;
            json_from_slice(&body)
        })
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(query_from(request.query_string().as_bytes()))
    }
}

impl FromRequest for PathValue {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let value = request.match_info().iter().next().map(|(_, value)| value.to_owned());
        ready(value.map(Self).ok_or_else(|| Problem::internal("this path has no variable part")))
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().cloned();
        ready(caller.ok_or_else(|| Problem::internal("the gate let a request through without a caller")))
    }
}

fn query_from<T: DeserializeOwned>(query: &[u8]) -> Result<Query<T>, Problem> {
    // The standard's reader, which comes next, would put other characters where the bytes are no UTF-8.
    let (mut left, form) = pairs::read(query);
    let mut rows: Vec<FieldError> = form.into_rows();
    loop {
        let text =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&left).finish().into_bytes();
        let deserializer = serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(&text));
        match serde_path_to_error::deserialize(deserializer) {
            Ok(value) => return Ok(Query { value, form: Form::of_faults(rows) }),
            Err(error) => {
                let row = Fault::of(&error).row();
                // The rest is read without the parameter that can't be.
                let before = left.len();
                left.retain(|(name, _)| *name != row.field);
                let is_stuck = left.len() == before || rows.len() >= MOST_FIELD_ERRORS;
                rows.push(row);
                if is_stuck {
                    return Err(Problem::validation(rows));
                }
            }
        }
    }
}

/// The limit that the request's operation declares, in bytes.
pub fn body_limit(request: &HttpRequest) -> usize {
    request
        .extensions()
        .get::<&'static Operation>()
        .map_or(DEFAULT_BODY_LIMIT, |operation| operation.body.limit())
}

/// Reads a whole body of at most `limit` bytes, which count among those that the process holds until the request is done.
pub async fn read_body(request: &HttpRequest, mut payload: Payload, limit: usize) -> Result<Bytes, Problem> {
    let mut held = HeldBody::of(request)?;
    let mut body = Bytes::new();
    let mut longer = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            Problem::new(ResultCode::Validation).at(BODY, "본문을 끝까지 받지 못했습니다.").caused_by(error)
        })?;
        let length = body.len() + longer.len() + chunk.len();
        if length > limit {
            return Err(Problem::new(ResultCode::BodyTooLarge));
        }
        held.grow_to(length)?;
        // A body that comes in one piece is not copied.
        if body.is_empty() && longer.is_empty() {
            body = chunk;
        } else {
            longer.extend_from_slice(&std::mem::take(&mut body));
            longer.extend_from_slice(&chunk);
        }
    }
    held.keep(request);
    Ok(if longer.is_empty() { body } else { longer.freeze() })
}

/// Reads JSON; a row names a field by its JSON path.
pub fn json_from_slice<T: DeserializeOwned>(body: &[u8]) -> Result<Json<T>, Problem> {
    // JSON is UTF-8 from end to end, and a field that nobody reads would be skipped without a look at its bytes.
    let text = str::from_utf8(body)
        .map_err(|_| Problem::new(ResultCode::Validation).at(BODY, "UTF-8 본문이 아닙니다."))?;
    // Following the path costs as much again as reading, so only what is refused is read again with it.
    let (value, mut faults) = match serde_json::from_str(text) {
        Ok(value) => (Some(value), Vec::new()),
        Err(_) => json_with_path(text)?,
    };
    faults.extend(unkeepable(text));
    let form = Form::of_faults(faults.iter().map(Fault::row).collect());
    match value {
        Some(value) => Ok(Json { value, form }),
        // A form whose value could not be read has at least the row that says so.
        None => Err(form.finish().err().unwrap_or_else(|| Problem::internal("unread, and nobody knows why"))),
    }
}

fn json_with_path<T: DeserializeOwned>(body: &str) -> Result<(Option<T>, Vec<Fault>), Problem> {
    if body.trim_ascii().is_empty() {
        return Err(Problem::new(ResultCode::Validation).at(BODY, "요청 본문이 필요합니다."));
    }
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let read = serde_path_to_error::deserialize(&mut deserializer);
    let value = match read {
        Ok(value) => Some(value),
        Err(error) if error.inner().is_data() => {
            let mended = every_fault::mend(body, Fault::of(&error));
            return Ok((mended.value, mended.faults));
        }
        Err(_) => return Err(Problem::new(ResultCode::Validation).at(BODY, "JSON 형식이 올바르지 않습니다.")),
    };
    deserializer
        .end()
        .map_err(|_| Problem::new(ResultCode::Validation).at(BODY, "JSON 뒤에 다른 내용이 있습니다."))?;
    Ok((value, Vec::new()))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[expect(dead_code, reason = "only the refusals are looked at")]
    struct Order {
        ord_no: String,
        goods_list: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase")]
    #[expect(dead_code, reason = "only the refusals are looked at")]
    struct Line {
        ord_qty: u32,
    }

    #[track_caller]
    fn check(json: &str, field: &str) {
        let problem =
            json_from_slice::<Order>(json.as_bytes()).and_then(Json::checked).expect_err("must be refused");
        assert_eq!(problem.code, ResultCode::Validation);
        let fields: Vec<&str> = problem.errors.iter().map(|row| row.field.as_str()).collect();
        assert_eq!(fields, [field], "{json}");
    }

    fn nobodys() -> HttpRequest {
        actix_web::test::TestRequest::default().to_http_request()
    }

    fn in_pieces(pieces: &[&'static [u8]]) -> Payload {
        let pieces: Vec<_> = pieces.iter().map(|piece| Ok(Bytes::from_static(piece))).collect();
        Payload::Stream { payload: Box::pin(futures_util::stream::iter(pieces)) }
    }

    #[actix_web::test]
    async fn a_body_is_read_whole_and_copied_only_where_it_comes_in_pieces() {
        let cases: [(&[&'static [u8]], &[u8]); 5] = [
            (&[], b""),
            (&[b"one"], b"one"),
            (&[b"", b"a", b"", b"b", b"cd"], b"abcd"),
            (&[b"", b""], b""),
            (&[b"12345", b"67"], b"1234567"),
        ];
        for (pieces, whole) in cases {
            assert_eq!(read_body(&nobodys(), in_pieces(pieces), 7).await.expect("it is small enough"), whole);
        }
        let too_large =
            read_body(&nobodys(), in_pieces(&[b"1234", b"5678"]), 7).await.expect_err("it is too large");
        assert_eq!(too_large.code, ResultCode::BodyTooLarge);
        let piece = Bytes::from(vec![b'a'; 4]);
        let read = read_body(&nobodys(), Payload::from(piece.clone()), 7).await.expect("it is small enough");
        assert_eq!(read.as_ptr(), piece.as_ptr(), "the very bytes");
    }

    #[test]
    fn a_refused_body_names_the_field_by_its_json_path() {
        check(r#"{"ordNo":5,"goodsList":[]}"#, "ordNo");
        check(r#"{"goodsList":[]}"#, "ordNo");
        check(r#"{"ordNo":"1","goodsList":[{"ordQty":1},{"ordQty":"2"}]}"#, "goodsList[1].ordQty");
        check(r#"{"ordNo":"1","goodsList":[{}]}"#, "goodsList[0].ordQty");
        check(r#"{"ordNo":"1","goodsList":{}}"#, "goodsList");
        check("[]", "body");
        check("", "body");
        check("{", "body");
        check(r#"{"ordNo":"1","goodsList":[]} x"#, "body");
    }

    #[test]
    fn a_field_that_comes_twice_is_named() {
        check(r#"{"ordNo":"1","ordNo":"1","goodsList":[]}"#, "ordNo");
        check(r#"{"ordNo":"1","goodsList":[{"ordQty":1},{"ordQty":1,"ordQty":1}]}"#, "goodsList[1].ordQty");
    }

    #[test]
    fn a_body_that_is_not_utf_8_is_refused_wherever_the_bytes_stand() {
        for body in
            [&b"{\"ordNo\":\"1\",\"goodsList\":[],\"unknown\":\"\xff\"}"[..], b"{\"ordNo\":\"\xed\xa0\x80\"}"]
        {
            let problem =
                json_from_slice::<Order>(body).and_then(Json::checked).expect_err("must be refused");
            assert_eq!(problem.code, ResultCode::Validation);
            assert_eq!(problem.errors.first().map(|row| row.field.as_str()), Some(BODY));
        }
    }

    #[test]
    fn a_parameter_that_comes_twice_is_named() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[expect(dead_code, reason = "only the refusals are looked at")]
        struct Parameters {
            mbr_no: Option<String>,
        }
        let request = actix_web::test::TestRequest::with_uri("/?mbrNo=1&mbrNo=2").to_http_request();
        let refused = Query::<Parameters>::from_request(&request, &mut Payload::None)
            .into_inner()
            .and_then(Query::checked);
        let problem = refused.expect_err("must be refused");
        assert_eq!(problem.errors.first().map(|row| row.field.as_str()), Some("mbrNo"));
    }

    #[test]
    fn a_parameter_that_is_not_utf_8_is_named_whoever_reads_it() {
        #[derive(Debug, Deserialize)]
        struct Nothing {}
        let problem =
            query_from::<Nothing>(b"a=1&searchNm=%FF").and_then(Query::checked).expect_err("must be refused");
        assert_eq!(problem.errors.first().map(|row| row.field.as_str()), Some("searchNm"));
    }
}
