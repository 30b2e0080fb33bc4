//! How it is asked, in JSON and XML, and what is refused.

use serde_json::json;

use super::super::hostile;
use super::*;
use crate::cancel::with;
use crate::goods_back::{number_in, return_of};

#[actix_web::test]
async fn an_answer_in_xml_has_one_list_and_says_what_json_says() {
    let (app, key) = waiting().await;
    let asked = with(return_of("251", 1), "claimRsnCntt", json!("<작아요> & 더"));
    let claim_no = number_in(&app.ask_return(&asked).await, "10");
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<requestExchangeTarget><commType>03</commType>\
         <commValue>{claim_no}</commValue></requestExchangeTarget>"
    );
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><result><resultCode>00</resultCode>\
         <resultMessage>success</resultMessage><resultDesc></resultDesc>";
    let empty = ask_in_xml(&app, &key, document.clone()).await;
    assert_eq!(empty.text, format!("{head}</result>"));
    let none = ask(&app, &key, by_claim(&claim_no)).await;
    assert_eq!(none.json["result"]["exchangeTargets"], json!([]), "{}", none.text);

    approve(&app, &claim_no).await;
    let answer = ask_in_xml(&app, &key, document).await;
    assert_eq!((answer.status, answer.headers["content-type"].to_str().ok()), (200, Some("application/xml")));
    let expected = format!(
        "{head}<exchangeTargets><exchangeTarget><shppDivDtlCd>21</shppDivDtlCd><shppDivDtlNm>반품회수</shppDivDtlNm>\
         <orordNo>{ORDER}</orordNo><orordItemSeq>1</orordItemSeq><ordNo>{claim_no}</ordNo><ordItemSeq>1</ordItemSeq>\
         <shppNo>{claim_no}</shppNo><shppSeq>1</shppSeq><itemId>10002552</itemId><itemNm>린넨 셔츠</itemNm>\
         <uitemId>001</uitemId><uitemNm>화이트/M</uitemNm><dircItemQty>1</dircItemQty><procItemQty>0</procItemQty>\
         <refusRetProcQty>0</refusRetProcQty><clmRsnCd>251</clmRsnCd><clmRsnNm>단순변심</clmRsnNm>\
         <clmRsnCntt>&lt;작아요&gt; &amp; 더</clmRsnCntt><lastShppProgStatDtlCd>61</lastShppProgStatDtlCd>\
         <lastShppProgStatDtlNm>회수지시</lastShppProgStatDtlNm><shppStatCd>10</shppStatCd><shppStatNm>정상</shppStatNm>\
         <retProcStatNm></retProcStatNm><retImptMainNm>고객</retImptMainNm><shppcstBdnMainCd></shppcstBdnMainCd>\
         <shppcstBdnMainNm></shppcstBdnMainNm><rcovMthdCd>10</rcovMthdCd><rcovMthdNm>자동회수</rcovMthdNm>\
         <delicoVenId></delicoVenId><delicoVenNm></delicoVenNm><wblNo></wblNo><resellPsblYn>N</resellPsblYn>\
         <refundYn>N</refundYn><retRefusRsnNm></retRefusRsnNm><retProcMemoCntt></retProcMemoCntt>\
         <rcovDircDt>2026-08-10</rcovDircDt><rcovCnfDt></rcovCnfDt><rcovCmplDt></rcovCmplDt>\
         <rcovCmplDeferDt></rcovCmplDeferDt><rcovRvkDt></rcovRvkDt><ordpeNm>홍길동</ordpeNm><rcptpeNm>홍길동</rcptpeNm>\
         <cstInfo><ordNo>{claim_no}</ordNo><ordItemSeq>1</ordItemSeq><shpmtShppcst>0</shpmtShppcst>\
         <retShppcst>0</retShppcst><exchShppcst>0</exchShppcst><splVenBdnDcAmt>0</splVenBdnDcAmt>\
         <splVenId>E0001</splVenId><lrnkSplVenId>E0001</lrnkSplVenId></cstInfo></exchangeTarget></exchangeTargets></result>"
    );
    assert_eq!(answer.text, expected);
    // The other form, whichever was sent.
    let request = inquiry(&app, &key).header("Accept", "application/xml");
    let in_xml = read(request.json(&json!({"requestExchangeTarget": by_order(ORDER)}))).await;
    assert_eq!(in_xml.text, expected);
    let period = "<requestExchangeTarget><perdType>01</perdType><perdStrDts>20260810</perdStrDts>\
         <perdEndDts>20260810</perdEndDts><shppDivDtlCds>21,22</shppDivDtlCds></requestExchangeTarget>";
    assert_eq!(ask_in_xml(&app, &key, period).await.text, expected);
}

#[actix_web::test]
async fn what_is_wrong_is_named_and_answered_with_200() {
    let (app, key) = waiting().await;
    let with_period = |name: &str, value: Value| with(by_period("20260801", "20260807"), name, value);
    for (request, code, name) in [
        (json!({}), "12", "commType"),
        (with_period("commType", json!("02")), "12", "commType"),
        (with_period("commValue", json!(ORDER)), "12", "commValue"),
        (by_period("20260801", "20260808"), "12", "7일"),
        (by_period("20260802", "20260801"), "12", "perdEndDts"),
        (with_period("perdType", json!(null)), "11", "perdType"),
        (with_period("perdType", json!("02")), "11", "perdType"),
        (with_period("perdType", json!(1)), "11", "perdType"),
        (with_period("perdStrDts", json!("2026-08-01")), "11", "perdStrDts"),
        (with_period("perdEndDts", json!(20_260_801)), "11", "perdEndDts"),
        (with_period("perdEndDts", json!(null)), "11", "perdEndDts"),
        (with_period("shppDivDtlCds", json!("23")), "11", "shppDivDtlCds"),
        (with_period("shppDivDtlCds", json!(["21"])), "11", "shppDivDtlCds"),
        (json!({"commType": "01", "commValue": ORDER}), "11", "commType"),
        (json!({"commType": "02"}), "11", "commValue"),
        (json!({"commValue": ORDER}), "11", "commType"),
        (json!({"commType": "02", "commValue": "x' OR 1=1"}), "11", "commValue"),
        (json!({"commType": "03", "commValue": ORDER}), "11", "commValue"),
        (with(by_order(ORDER), "shppDivDtlCds", json!("21")), "11", "shppDivDtlCds"),
    ] {
        let answer = ask(&app, &key, request.clone()).await;
        let (found, reason) = result(&answer);
        assert_eq!((answer.status, found), (200, code), "{request}: {}", answer.text);
        assert!(reason.contains(name), "{request}: {reason}");
        assert_eq!(answer.json["result"]["exchangeTargets"], json!([]));
    }
    for (body, name) in [
        ("", "본문"),
        ("{", "JSON"),
        ("[]", "형식"),
        ("{}", "requestExchangeTarget"),
        ("{\"request\":{}}", "requestExchangeTarget"),
    ] {
        let request = inquiry(&app, &key).header("Content-Type", "application/json").body(body);
        let answer = read(request).await;
        let (code, reason) = result(&answer);
        assert_eq!((answer.status, code), (200, "10"), "{body}: {}", answer.text);
        assert!(reason.contains(name), "{body}: {reason}");
    }
}

#[actix_web::test]
async fn hostile_documents_are_refused_as_the_cancels_inquiry_refuses_them() {
    let (app, key) = waiting().await;
    for document in hostile::corpus() {
        let document = match String::from_utf8(document) {
            Ok(text) => {
                text.replace("request", "requestExchangeTarget").replace("orordNo", "commValue").into_bytes()
            }
            Err(error) => error.into_bytes(),
        };
        // The longer name makes one of them longer than any body may be.
        if document.len() > 1_048_576 {
            assert_eq!(ask_in_xml(&app, &key, document).await.status, 413);
            continue;
        }
        let shown = String::from_utf8_lossy(&document).chars().take(200).collect::<String>();
        let answer = ask_in_xml(&app, &key, document).await;
        assert_eq!(answer.status, 200, "{shown}");
        assert!(answer.text.contains("<resultCode>10</resultCode>"), "{shown}: {}", answer.text);
        assert!(!answer.text.contains("<resultDesc></resultDesc>"), "{shown}");
        assert!(!answer.text.contains("exchangeTargets") && !answer.text.contains("root:"), "{shown}");
    }
    let other_root = ask_in_xml(&app, &key, "<request><commType>02</commType></request>").await;
    assert!(other_root.text.contains("requestExchangeTarget"), "{}", other_root.text);
}

#[actix_web::test]
async fn a_bad_key_is_401_in_the_form_that_is_asked_for() {
    let (app, key) = waiting().await;
    for bad in ["nobody's".to_owned(), format!("Bearer {key}"), String::new()] {
        let answer = ask(&app, &bad, by_order(ORDER)).await;
        assert_eq!((answer.status, result(&answer).0), (401, "40"), "{}", answer.text);
        assert_eq!(answer.json["result"]["exchangeTargets"], json!([]));
        let answer = ask_in_xml(&app, &bad, "<requestExchangeTarget/>").await;
        assert_eq!(answer.status, 401);
        assert!(answer.text.contains("<result><resultCode>40</resultCode>"), "{}", answer.text);
    }
    let other = inquiry(&app, &key).header("Content-Type", "text/xml").body("<requestExchangeTarget/>");
    assert_eq!(read(other).await.status, 415);
}
