//! Documents that vendors' systems should not send, and some that nobody sends by mistake.

use super::{VENDOR, ask_in_xml, key_of};
use crate::app::TestApp;

const GOOD: &str = "<request><orordNo>20260801O000001</orordNo></request>";

fn laughs(levels: usize) -> String {
    let mut dtd = String::from("<!DOCTYPE request [<!ENTITY l0 \"lol\">");
    for level in 1..=levels {
        let before = format!("&l{};", level - 1).repeat(10);
        dtd.push_str(&format!("<!ENTITY l{level} \"{before}\">"));
    }
    format!("{dtd}]><request><orordNo>&l{levels};</orordNo></request>")
}

/// Documents that must be refused as unreadable.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let mut corpus: Vec<Vec<u8>> = [
        // Nothing, or no XML.
        "", "   \n", "request", "{\"request\":{}}", "<", "<>", "</request>", "\u{0}",
        // Document types, with and without tricks.
        "<!DOCTYPE request><request/>",
        "<!DOCTYPE request SYSTEM \"file:///etc/passwd\"><request/>",
        "<!DOCTYPE request PUBLIC \"-//X//Y\" \"http://127.0.0.1:1/x.dtd\"><request/>",
        "<!DOCTYPE request [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><request><orordNo>&x;</orordNo></request>",
        "<!DOCTYPE request [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x\"> %x;]><request/>",
        "<!DOCTYPE request [<!ELEMENT request ANY>]><request/>",
        "<!DOCTYPE request [<!ATTLIST request a CDATA \"x\">]><request/>",
        "<?xml version=\"1.0\"?><!DOCTYPE request [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><request>&a;</request>",
        "<request><!DOCTYPE request></request>",
        "<request/><!DOCTYPE request>",
        // Entities of somebody's own.
        "<request><orordNo>&xxe;</orordNo></request>",
        "<request><orordNo>&nbsp;</orordNo></request>",
        "<request><more>&own;</more></request>",
        "<request a=\"&own;\"/>",
        "<request><orordNo>&;</orordNo></request>",
        "<request><orordNo>&amp</orordNo></request>",
        "<request><orordNo>a & b</orordNo></request>",
        // Characters that XML has no place for.
        "<request><orordNo>&#0;</orordNo></request>",
        "<request><orordNo>&#x1;</orordNo></request>",
        "<request><orordNo>&#xD800;</orordNo></request>",
        "<request><orordNo>&#xFFFF;</orordNo></request>",
        "<request><orordNo>&#x110000;</orordNo></request>",
        "<request><orordNo>&#99999999999999999999;</orordNo></request>",
        "<request><orordNo>\u{1}</orordNo></request>",
        "<request><orordNo>\u{ffff}</orordNo></request>",
        // Processing instructions and misplaced declarations.
        "<?xml-stylesheet type=\"text/xsl\" href=\"http://127.0.0.1:1/x.xsl\"?><request/>",
        "<request><?php system('id'); ?></request>",
        " <?xml version=\"1.0\"?><request/>",
        "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><request/>",
        "<?xml version=\"1.1\"?><request/>",
        "<?xml encoding=\"UTF-8\"?><request/>",
        "<?xml version=\"1.0\" encoding=\"EUC-KR\"?><request/>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><request/>",
        "<?xml version=\"1.0\" encoding=\"UTF-7\"?><request/>",
        "<?xml version=\"1.0\" standalone=\"maybe\"?><request/>",
        // Not well-formed.
        "<request>", "<request><orordNo></request></orordNo>", "<request></Request>", "<request/><request/>",
        "<request/>x", "x<request/>", "<request>x</request>", "<request><![CDATA[x]]></request>", "<![CDATA[x]]><request/>",
        "<request a=\"1\" a=\"2\"/>", "<request a=1/>", "<request a/>", "<request a=\"<\"/>", "<request 1=\"x\"/>",
        "<request><1a/></request>", "<request><a b></request>", "<request><!-- -- --></request>", "<request><!-- </request>",
        "<request><orordNo>]]></orordNo></request>", "<request><orordNo><![CDATA[x</orordNo></request>", "&#60;request/>",
        // Another shape.
        "<result/>", "<soap:Envelope><soap:Body/></soap:Envelope>", "<x:request xmlns:x=\"urn:x\"/>", "<REQUEST/>",
        "<request><orordNo>1</orordNo><orordNo>2</orordNo></request>",
        "<request><orordNo><xi:include href=\"file:///etc/passwd\"/></orordNo></request>",
        "<request><orordNo>1<b>2</b></orordNo></request>",
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    let utf16 = |little: bool, with_mark: bool| -> Vec<u8> {
        let mark = if with_mark { "\u{feff}" } else { "" };
        let units = format!("{mark}{GOOD}");
        units
            .encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    };
    corpus.extend([
        laughs(3).into_bytes(),
        laughs(30).into_bytes(),
        format!(
            "<!DOCTYPE request [<!ENTITY a \"{}\">]><request>{}</request>",
            "x".repeat(100_000),
            "&a;".repeat(10_000)
        )
        .into_bytes(),
        format!("{}{}", "<request>".repeat(50_000), "</request>".repeat(50_000)).into_bytes(),
        format!("<request>{}", "<a>".repeat(200_000)).into_bytes(),
        format!("<request {}/>", "a=\"1\" ".repeat(10_000)).into_bytes(),
        utf16(true, true),
        utf16(false, true),
        utf16(true, false),
        b"<request><orordNo>\xb0\xa1</orordNo></request>".to_vec(),
        b"<request><orordNo>\xc0\xaf</orordNo></request>".to_vec(),
        b"<request><orordNo>\xed\xa0\x80</orordNo></request>".to_vec(),
        b"+ADw-request/+AD4-".to_vec(),
        vec![0xff; 1_000],
    ]);
    corpus
}

#[actix_web::test]
async fn every_hostile_document_is_refused_with_a_reason() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let corpus = corpus();
    assert!(corpus.len() >= 30);
    for document in corpus {
        let answer = ask_in_xml(&app, &key, document.clone()).await;
        let shown = String::from_utf8_lossy(&document).chars().take(200).collect::<String>();
        assert_eq!(answer.status, 200, "{shown}");
        assert!(answer.text.contains("<resultCode>10</resultCode>"), "{shown}: {}", answer.text);
        assert!(!answer.text.contains("<resultDesc></resultDesc>"), "{shown}");
        assert!(!answer.text.contains("<data>") && !answer.text.contains("root:"), "{shown}");
    }
    let answer = ask_in_xml(&app, &key, GOOD).await;
    assert!(answer.text.contains("<resultCode>00</resultCode>"), "{}", answer.text);
}

#[actix_web::test]
async fn odd_documents_that_are_right_are_read() {
    let app = TestApp::spawn().await;
    let key = key_of(&app, VENDOR).await;
    let deep = format!(
        "<request>{}{}<orordNo>20260801O000001</orordNo></request>",
        "<a>".repeat(10),
        "</a>".repeat(10)
    );
    for document in [
        GOOD,
        &format!("\u{feff}{GOOD}"),
        &format!("<?xml version='1.0' encoding='utf-8' standalone='no'?>\r\n{GOOD}\r\n"),
        "<request xmlns=\"urn:x\" a=\"&amp;&#65;\"><orordNo>&#50;0260801O000001</orordNo></request>",
        "<request><!-- c --><orordNo><![CDATA[20260801O000001]]></orordNo><perdStrDts/></request>",
        "<request>\n\t<orordNo>\n 20260801O000001 \n</orordNo>\n\t<unknown><deeper>x</deeper></unknown>\n</request>",
        &deep,
    ] {
        let answer = ask_in_xml(&app, &key, document).await;
        assert!(answer.text.contains("<resultCode>00</resultCode>"), "{document}: {}", answer.text);
    }
}
