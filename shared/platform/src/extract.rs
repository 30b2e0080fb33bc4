//! Extractors whose refusals speak the envelope's language.

mod every_fault;
mod fault;
mod pairs;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use bytes::{Bytes, BytesMut};
use dto::operations::Operation;
use dto::result_code::ResultCode;
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

pub use self::pairs::pairs;

use self::every_fault::every_fault;
use self::fault::Fault;
use crate::error::Problem;
use crate::identity::Caller;

/// Field name of a row about the body as a whole.
pub const BODY: &str = "body";
/// Limit of a body where no operation names one.
const DEFAULT_BODY_LIMIT: usize = 1 << 20;

/// A JSON body.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

/// The query string.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

/// The first variable part of the path, percent-decoded.
#[derive(Clone, Debug)]
pub struct PathValue(pub String);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = body_limit(request);
        let payload = payload.take();
        Box::pin(async move {
            let body = read_body(payload, limit).await?;
            json_from_slice(&body).map(Self)
        })
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        ready(query_from(request.query_string().as_bytes()).map(Self))
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

fn query_from<T: DeserializeOwned>(query: &[u8]) -> Result<T, Problem> {
    // The standard's reader, which comes next, would put other characters where the bytes are no UTF-8.
    pairs(query)?;
    let pairs = url::form_urlencoded::parse(query);
    serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs))
        .map_err(|error| Problem::validation(vec![Fault::of(&error).row()]))
}

/// The limit that the request's operation declares, in bytes.
pub fn body_limit(request: &HttpRequest) -> usize {
    request
        .extensions()
        .get::<&'static Operation>()
        .map_or(DEFAULT_BODY_LIMIT, |operation| operation.body_limit)
}

/// Reads a whole body of at most `limit` bytes.
pub async fn read_body(mut payload: Payload, limit: usize) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            Problem::new(ResultCode::Validation).at(BODY, "본문을 끝까지 받지 못했습니다.").caused_by(error)
        })?;
        if body.len() + chunk.len() > limit {
            return Err(Problem::new(ResultCode::BodyTooLarge));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Reads JSON; a refusal names the field by its JSON path.
pub fn json_from_slice<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // JSON is UTF-8 from end to end, and a field that nobody reads would be skipped without a look at its bytes.
    let text = str::from_utf8(body)
        .map_err(|_| Problem::new(ResultCode::Validation).at(BODY, "UTF-8 본문이 아닙니다."))?;
    // Following the path costs as much again as reading, so only what is refused is read again with it.
    serde_json::from_str(text).or_else(|_| json_with_path(text))
}

fn json_with_path<T: DeserializeOwned>(body: &str) -> Result<T, Problem> {
    if body.trim_ascii().is_empty() {
        return Err(Problem::new(ResultCode::Validation).at(BODY, "요청 본문이 필요합니다."));
    }
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        if error.inner().is_data() {
            Problem::validation(every_fault::<T>(body, Fault::of(&error)))
        } else {
            Problem::new(ResultCode::Validation).at(BODY, "JSON 형식이 올바르지 않습니다.")
        }
    })?;
    deserializer
        .end()
        .map_err(|_| Problem::new(ResultCode::Validation).at(BODY, "JSON 뒤에 다른 내용이 있습니다."))?;
    Ok(value)
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
        let problem = json_from_slice::<Order>(json.as_bytes()).expect_err("must be refused");
        assert_eq!(problem.code, ResultCode::Validation);
        let fields: Vec<&str> = problem.errors.iter().map(|row| row.field.as_str()).collect();
        assert_eq!(fields, [field], "{json}");
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
            let problem = json_from_slice::<Order>(body).expect_err("must be refused");
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
        let refused = Query::<Parameters>::from_request(&request, &mut Payload::None).into_inner();
        let problem = refused.expect_err("must be refused");
        assert_eq!(problem.errors.first().map(|row| row.field.as_str()), Some("mbrNo"));
    }

    #[test]
    fn a_parameter_that_is_not_utf_8_is_named_whoever_reads_it() {
        #[derive(Debug, Deserialize)]
        struct Nothing {}
        let problem = query_from::<Nothing>(b"a=1&searchNm=%FF").expect_err("must be refused");
        assert_eq!(problem.errors.first().map(|row| row.field.as_str()), Some("searchNm"));
    }
}
