//! JSON and XML, in and out.

use reqwest::Method;
use serde_json::json;
use test_kit::identity::{anonymous, member};
use test_kit::service::read;

use super::{Cancel, VENDOR, ask, ask_in_xml, by_order, inquiry, key_of, pin, put, result};
use crate::app::TestApp;
use crate::member::{MEMBER, ORDER};
use contract::operations::claim::SSG_INQUIRY;

#[actix_web::test]
async fn an_answer_in_xml_has_repeated_elements_and_no_wrappers() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    pin(&app, ORDER).await;
    let cancel = Cancel {
        reason_text: Some("a<b>&\"'\u{1}]]>\r\n끝"),
        costs: &[("10", 1, 3_000, "10")],
        ..Cancel::of("20260803C000001", ORDER, &[(1, 1, VENDOR, 3)])
    };
    put(&app, cancel).await;
    put(&app, Cancel::of("20260803C000002", ORDER, &[(1, 1, VENDOR, 2)])).await;
    let request =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<request><orordNo>{ORDER}</orordNo></request>");
    let answer = ask_in_xml(&app, &key, request).await;
    assert_eq!((answer.status, answer.headers["content-type"].to_str().ok()), (200, Some("application/xml")));
    let row = |claim: &str, text: &str, shipping: &str| {
        format!(
            "<data><ordpeNm>홍길동</ordpeNm><ordRcpMediaCd>10</ordRcpMediaCd><ordRcpMediaNm>PC웹</ordRcpMediaNm>\
             <orordNo>{ORDER}</orordNo><orordItemSeq>1</orordItemSeq><ordNo>{claim}</ordNo><ordItemSeq>1</ordItemSeq>\
             <ordItemStatCd>180</ordItemStatCd><ordItemStatNm>취소완료</ordItemStatNm><itemNm>린넨 셔츠</itemNm>\
             <itemId>10002552</itemId><clmRsnCd>251</clmRsnCd><clmRsnNm>단순변심</clmRsnNm><clmRsnCntt>{text}</clmRsnCntt>\
             <imptDivCd>10</imptDivCd><ordCnclDts>2026-08-03 10:02:03</ordCnclDts><cnclItemQty>1</cnclItemQty>\
             <ordRcpDts>2026-08-01 10:00:00</ordRcpDts><dircItemQty>3</dircItemQty><uitemId>001</uitemId>\
             <uitemNm>화이트/M</uitemNm><cstInfo><ordNo>{claim}</ordNo><ordItemSeq>1</ordItemSeq>\
             <shpmtShppcst>{shipping}</shpmtShppcst><retShppcst>0</retShppcst><exchShppcst>0</exchShppcst>\
             <splVenBdnDcAmt>0</splVenBdnDcAmt><splVenId>E0001</splVenId><lrnkSplVenId>E0001</lrnkSplVenId></cstInfo></data>"
        )
    };
    let expected = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><result><resultCode>00</resultCode>\
         <resultMessage>success</resultMessage><resultDesc></resultDesc>{}{}</result>",
        row("20260803C000001", "a&lt;b&gt;&amp;&quot;&apos;\u{fffd}]]&gt;&#13;\n끝", "3000"),
        row("20260803C000002", "", "0")
    );
    assert_eq!(answer.text, expected);
}

#[actix_web::test]
async fn the_answer_has_the_form_that_is_asked_for() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let json_body = format!("{{\"request\":{{\"orordNo\":\"{ORDER}\"}}}}");
    let xml_body = format!("<request><orordNo>{ORDER}</orordNo></request>");
    for (content_type, body) in
        [("application/json", &json_body), ("application/xml;charset=utf-8", &xml_body)]
    {
        let sent = content_type.split(';').next();
        for (accept, expected) in [
            (None, sent),
            (Some("application/json"), Some("application/json")),
            (Some("application/xml"), Some("application/xml")),
            (Some("*/*"), sent),
            (Some("text/csv"), sent),
        ] {
            let mut request = inquiry(&app, &key).header("Content-Type", content_type).body(body.clone());
            if let Some(accept) = accept {
                request = request.header("Accept", accept);
            }
            let answer = read(request).await;
            let found = answer.headers["content-type"].to_str().ok();
            assert_eq!((answer.status, found), (200, expected), "{content_type} {accept:?}");
            let code = if expected == Some("application/json") {
                "\"resultCode\":\"00\""
            } else {
                "<resultCode>00<"
            };
            assert!(answer.text.contains(code), "{}", answer.text);
        }
    }
}

#[actix_web::test]
async fn faults_of_json_say_what_is_wrong() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    for (body, code, name) in [
        ("", "10", "본문"),
        ("{", "10", "JSON"),
        ("[]", "10", "형식"),
        ("{}", "10", "request"),
        ("{\"request\":1}", "10", "request"),
        ("{\"request\":{}} x", "10", "JSON"),
        ("{\"request\":{\"perdStrDts\":20260801}}", "11", "perdStrDts"),
        ("{\"request\":{\"orordItemSeqs\":[1]}}", "11", "orordItemSeqs"),
        ("{\"request\":{\"orordNo\":\"a\"}}", "11", "orordNo"),
        ("{\"request\":{}}", "12", "orordNo"),
        ("<request/>", "10", "JSON"),
    ] {
        let request = inquiry(&app, &key).header("Content-Type", "application/json").body(body);
        let answer = read(request).await;
        let (found, reason) = result(&answer);
        assert_eq!((answer.status, found), (200, code), "{body}: {}", answer.text);
        assert!(reason.contains(name), "{body}: {reason}");
    }
    let deep = "[".repeat(100_000);
    let request = inquiry(&app, &key).header("Content-Type", "application/json").body(deep);
    assert_eq!(result(&read(request).await).0, "10");
    let latin = inquiry(&app, &key)
        .header("Content-Type", "application/json")
        .body(b"{\"request\":{\"x\":\"\xff\"}}".to_vec());
    assert_eq!(result(&read(latin).await).0, "10");
    let korean = inquiry(&app, &key).header("Content-Type", "application/json; charset=euc-kr").body("{}");
    assert_eq!(result(&read(korean).await).0, "10");
}

#[actix_web::test]
async fn another_content_type_is_415_and_a_token_opens_nothing() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    for content_type in ["text/xml", "text/plain", "multipart/form-data; boundary=x"] {
        let answer = read(inquiry(&app, &key).header("Content-Type", content_type).body("<request/>")).await;
        assert_eq!((answer.status, answer.code()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{content_type}");
    }
    // Without a body there is no type to refuse, and nothing to read.
    let empty = ask_in_xml(&app, &key, "").await;
    assert!(empty.text.contains("<resultCode>10</resultCode>"), "{}", empty.text);
    let bare =
        read(app.service.request(Method::POST, SSG_INQUIRY.path, &anonymous()).header("Authorization", &key))
            .await;
    assert_eq!(result(&bare).0, "10");
    // A member's identity is not a vendor's.
    let body = json!({"request": by_order(ORDER)});
    let answer = read(app.service.request(Method::POST, SSG_INQUIRY.path, &member(MEMBER)).json(&body)).await;
    assert_eq!(answer.status, 401);
    assert_eq!(result(&ask(&app, &key, by_order(ORDER)).await).0, "00");
}
