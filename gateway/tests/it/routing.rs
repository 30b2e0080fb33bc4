//! Which paths there are, under which names.

use contract::operations::{self, Access, Method, Prefix, inquiry};

use crate::app::{TestApp, host_of, reply};
use crate::keys::Token;
use crate::raw;

#[actix_web::test]
async fn every_operation_reaches_who_answers_it_bare_and_under_its_prefix() {
    let app = TestApp::spawn().await;
    let tokens =
        [Token::member(), Token::of(&["admin"], "boss"), Token::of(&["service"], "shop")].map(|t| t.sign());
    for operation in operations::all() {
        let path = operation.path.replace(['{', '}'], "");
        let token = tokens
            .iter()
            .zip([operations::Role::Member, operations::Role::Admin, operations::Role::Service])
            .find(|(_, role)| operation.access.allows(*role))
            .map(|(token, _)| token.as_str());
        let is_outside = operation.access != Access::Internal;
        for (prefix, is_answered) in [
            ("", is_outside),
            ("/api/order", operation.prefix == Prefix::Order),
            ("/api/goods", operation.prefix == Prefix::Goods),
            ("/api/bo", operation.prefix == Prefix::BackOffice),
        ] {
            let url = app.url(&format!("{prefix}{path}?a=1&b=%ea%b0%80"));
            let mut request = app.request(operation);
            if let Some(token) = token {
                request = request.header("authorization", format!("Bearer {token}"));
            }
            let (client, request) = request.build_split();
            let mut request = request.unwrap();
            *request.url_mut() = url.parse().unwrap();
            let reply = reply(reqwest::RequestBuilder::from_parts(client, request)).await;
            if let (true, Some(upstream)) = (is_answered, operation.upstream) {
                let received = reply.received();
                assert_eq!(received.0["method"], operation.method.as_str());
                assert_eq!(received.0["uri"], format!("{path}?a=1&b=%ea%b0%80"));
                let host = received.header("host")[0];
                assert_eq!(host.split(':').next().unwrap(), host_of(upstream), "{}", operation.id);
            } else if is_answered {
                assert_eq!((reply.status, &reply.body["code"]), (200, &"0000".into()), "{}", operation.id);
            } else {
                assert_eq!(reply.refusal(), (404, "NOT_FOUND"), "{prefix}{path}");
            }
        }
    }
}

#[actix_web::test]
async fn what_is_no_path_is_404_whatever_the_token() {
    let app = TestApp::spawn().await;
    let good = Token::member().sign();
    for path in [
        "/",
        "*",
        "/favicon.ico",
        "/v1/member/getOrdTotAmt/",
        "//v1/member/getOrdTotAmt",
        "/v1//member/getOrdTotAmt",
        "/v1/./member/getOrdTotAmt",
        "/v1/x/../member/getOrdTotAmt",
        "/v1/x/%2e%2e/member/getOrdTotAmt",
        "/v1/x/%2E./member/getOrdTotAmt",
        "/v1%2Fmember/getOrdTotAmt",
        "/v1/member%2fgetOrdTotAmt",
        "/v1/member%5CgetOrdTotAmt",
        "/v1/member\\getOrdTotAmt",
        "/v1/member/getOrdTotAmt%00",
        "/v1/member/getOrdTotAmt;x=1",
        "/v1/member/getOrdTotAmt%20",
        "/V1/member/getOrdTotAmt",
        "/api/order/internal/orders/20230808O007404",
        "/internal/orders/20230808O007404",
        "/internal/notifications",
        "/api/order/api/clm/cncl/ord/inquiry.ssg",
        "/api/order/api/pd/1/listExchangeTarget.ssg",
        "/api/bo/health/live",
        "/metrics",
    ] {
        for token in [None, Some(good.as_str()), Some("bad")] {
            let authorization =
                token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
            let request =
                format!("POST {path} HTTP/1.1\r\nHost: x\r\n{authorization}Content-Length: 0\r\n\r\n");
            let answer = raw::send(app.port, &request).await;
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.json()["code"], "NOT_FOUND", "{path}");
        }
    }
    assert_eq!(app.echo.seen(), Vec::<String>::new());
}

#[actix_web::test]
async fn another_spelling_of_a_path_is_routed_and_sent_in_its_normal_form() {
    let app = TestApp::spawn().await;
    let request = "GET /api/order/v1/customerservice/getQuestion%49nit?q=%41 HTTP/1.1\r\nHost: x\r\n\r\n";
    let answer = raw::send(app.port, request).await;
    assert_eq!(answer.json()["uri"], "/v1/customerservice/getQuestionInit?q=%41");
}

#[actix_web::test]
async fn a_wrong_method_is_405_with_the_right_ones_whatever_the_token() {
    let app = TestApp::spawn().await;
    let good = Token::member().sign();
    for (path, methods, allowed) in [
        (
            "/v1/member/getOrdTotAmt",
            vec!["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"],
            "POST",
        ),
        ("/api/order/v1/customerservice/questionMod", vec!["GET", "DELETE"], "PUT, POST"),
        ("/v1/customerservice/getQuestion", vec!["POST", "HEAD"], "GET"),
        ("/api/goods/v1/goods/goods", vec!["POST"], "PUT"),
        ("/health/live", vec!["POST"], "GET"),
        ("/.well-known/jwks.json", vec!["DELETE"], "GET"),
    ] {
        for method in methods {
            for token in [None, Some(good.as_str()), Some("bad")] {
                let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
                let mut request = app.http.request(method.clone(), app.url(path));
                if let Some(token) = token {
                    request = request.header("authorization", format!("Bearer {token}"));
                }
                let reply = reply(request).await;
                assert_eq!(reply.status, 405, "{method} {path}");
                assert_eq!(reply.header("allow"), Some(allowed), "{method} {path}");
                if method != reqwest::Method::HEAD {
                    assert_eq!(reply.refusal().1, "METHOD_NOT_ALLOWED");
                }
            }
        }
    }
    assert_eq!(app.echo.seen(), Vec::<String>::new());
}

#[actix_web::test]
async fn the_variable_part_of_a_path_reaches_the_service_as_it_was() {
    let app = TestApp::spawn().await;
    assert_eq!(inquiry::FILES.method, Method::Get);
    let authorization = format!("Authorization: Bearer {}\r\n", Token::member().sign());
    for file in ["a-b_C1", "%EA%B0%80", "a%25b", "a'b(c)", "a:b@c"] {
        let path = format!("/api/order/v1/customerservice/files/{file}");
        let answer =
            raw::send(app.port, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n{authorization}\r\n")).await;
        assert_eq!(answer.json()["uri"], format!("/v1/customerservice/files/{file}"));
    }
}
