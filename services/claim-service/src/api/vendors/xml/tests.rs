use dto::vendor_inquiry::{
    VendorCancel, VendorCost, VendorExchangeAnswer, VendorExchangeRequest, VendorExchangeResult,
    VendorExchangeTarget, VendorExchangeTargets, VendorInquiryAnswer, VendorInquiryRequest,
    VendorInquiryResult,
};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value, json};

use crate::api::vendors::answer::VendorAnswer;
use crate::api::vendors::xml::read::Unreadable;
use crate::api::vendors::xml::{is_xml_char, read, write};

#[track_caller]
fn check(document: &str, expected: Result<[Option<&str>; 4], Unreadable>) {
    let found = read::<VendorInquiryRequest>(document.as_bytes())
        .map(|one| [one.perd_str_dts, one.perd_end_dts, one.orord_no, one.orord_item_seqs]);
    let expected = expected.map(|values| values.map(|value| value.map(str::to_owned)));
    assert_eq!(found, expected, "{document}");
}

const SOME: Result<[Option<&str>; 4], Unreadable> = Ok([Some("1"), None, None, None]);

#[test]
fn plain_documents_are_read_however_they_are_written() {
    check("<request><perdStrDts>1</perdStrDts></request>", SOME);
    check(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<request>\n <perdStrDts>1</perdStrDts>\n</request>\n",
        SOME,
    );
    check(
        "<?xml version='1.0' standalone='yes'?><request a='1' b=\"&lt;\"><perdStrDts>1</perdStrDts></request>",
        SOME,
    );
    check("<!-- a --><request><!-- b --><perdStrDts><!-- c -->1</perdStrDts></request><!-- d -->", SOME);
    check("<request ><perdStrDts\n>&#x31;</perdStrDts ></request>", SOME);
    check("<request><perdStrDts><![CDATA[1]]></perdStrDts></request>", SOME);
    check("<request><more><perdStrDts>2</perdStrDts>&amp;</more><perdStrDts>1</perdStrDts></request>", SOME);
    check("<request/>", Ok([None; 4]));
    check(
        "<request><orordNo>a&amp;b&lt;&gt;&quot;&apos;</orordNo><orordItemSeqs/></request>",
        Ok([None, None, Some("a&b<>\"'"), Some("")]),
    );
}

#[test]
fn what_is_no_plain_request_is_told_apart() {
    check("", Err(Unreadable::Empty));
    check("<request><perdStrDts>1</perdStrDts>", Err(Unreadable::NotWellFormed));
    check("<result/>", Err(Unreadable::NoRequest));
    check("<!-- nothing -->", Err(Unreadable::NoRequest));
    check("<!DOCTYPE request><request/>", Err(Unreadable::DocumentType));
    check("<?xml-stylesheet href='x'?><request/>", Err(Unreadable::ProcessingInstruction));
    check("<request><orordNo>&own;</orordNo></request>", Err(Unreadable::Entity));
    check("<request><orordNo><b/></orordNo></request>", Err(Unreadable::NotAValue));
    check("<request><orordNo/><orordNo/></request>", Err(Unreadable::NotAValue));
    let deep = format!("<request>{}{}</request>", "<a>".repeat(20), "</a>".repeat(20));
    check(&deep, Err(Unreadable::TooDeep));
}

/// `<a><b>1</b><b>2</b></a>` as `{"a": {"b": ["1", "2"]}}`: every child is a list, so that nothing is guessed.
fn tree(document: &str) -> Value {
    let mut reader = Reader::from_str(document);
    let mut open: Vec<(String, Map<String, Value>, String)> =
        vec![(String::new(), Map::new(), String::new())];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
                open.push((name, Map::new(), String::new()));
            }
            Event::End(_) => {
                let (name, children, text) = open.pop().unwrap();
                let value = if children.is_empty() { json!(text) } else { Value::Object(children) };
                let siblings = open.last_mut().unwrap().1.entry(name).or_insert_with(|| json!([]));
                siblings.as_array_mut().unwrap().push(value);
            }
            Event::Text(text) => open.last_mut().unwrap().2.push_str(&text.xml10_content().unwrap()),
            Event::GeneralRef(reference) => {
                let c = reference.resolve_char_ref().unwrap();
                let text = &mut open.last_mut().unwrap().2;
                match c {
                    Some(c) => text.push(c),
                    None => text.push_str(
                        quick_xml::escape::resolve_xml_entity(&reference.decode().unwrap()).unwrap(),
                    ),
                }
            }
            Event::Decl(_) => {}
            Event::Eof => return Value::Object(open.pop().unwrap().1),
            other => panic!("{other:?}"),
        }
    }
}

/// The JSON answer in the same shape, with what XML can't carry replaced.
fn listed(value: &Value) -> Value {
    let list = |value: &Value| match value {
        Value::Array(rows) => rows.iter().map(listed).collect(),
        other => vec![listed(other)],
    };
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(_, value)| value.as_array().is_none_or(|rows| !rows.is_empty()))
                .map(|(name, value)| (name.clone(), Value::Array(list(value))))
                .collect(),
        ),
        Value::String(text) => {
            json!(text.chars().map(|c| if is_xml_char(c) { c } else { '\u{fffd}' }).collect::<String>())
        }
        other => other.clone(),
    }
}

fn texts(count: usize) -> impl Strategy<Value = Vec<String>> {
    let hostile = prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f\\x7f<>&'\"\\]\u{85}\u{2028}\u{fffe}\u{ffff}]{0,6}",
        Just("]]>".to_owned()),
        Just("<![CDATA[&#0;".to_owned()),
        Just(" \t\r\n ".to_owned()),
    ];
    prop::collection::vec(hostile, count)
}

fn cancel(texts: Vec<String>, costs: Vec<VendorCost>) -> VendorCancel {
    let mut value = serde_json::to_value(blank(costs)).unwrap();
    let names: Vec<String> =
        value.as_object().unwrap().keys().filter(|name| *name != "cstInfo").cloned().collect();
    for (name, text) in names.into_iter().zip(texts) {
        value[name] = json!(text);
    }
    serde_json::from_value(value).unwrap()
}

fn blank(cst_info: Vec<VendorCost>) -> VendorCancel {
    let text = String::new;
    VendorCancel {
        ordpe_nm: text(),
        ord_rcp_media_cd: text(),
        ord_rcp_media_nm: text(),
        orord_no: text(),
        orord_item_seq: text(),
        ord_no: text(),
        ord_item_seq: text(),
        ord_item_stat_cd: text(),
        ord_item_stat_nm: text(),
        item_nm: text(),
        item_id: text(),
        clm_rsn_cd: text(),
        clm_rsn_nm: text(),
        clm_rsn_cntt: text(),
        impt_div_cd: text(),
        ord_cncl_dts: text(),
        cncl_item_qty: text(),
        ord_rcp_dts: text(),
        dirc_item_qty: text(),
        uitem_id: text(),
        uitem_nm: text(),
        cst_info,
    }
}

/// Texts of a row of what comes back, its costs left aside.
const TARGET_TEXTS: usize = 42;
const TARGET_NAMES: [&str; TARGET_TEXTS] = [
    "shppDivDtlCd",
    "shppDivDtlNm",
    "orordNo",
    "orordItemSeq",
    "ordNo",
    "ordItemSeq",
    "shppNo",
    "shppSeq",
    "itemId",
    "itemNm",
    "uitemId",
    "uitemNm",
    "dircItemQty",
    "procItemQty",
    "refusRetProcQty",
    "clmRsnCd",
    "clmRsnNm",
    "clmRsnCntt",
    "lastShppProgStatDtlCd",
    "lastShppProgStatDtlNm",
    "shppStatCd",
    "shppStatNm",
    "retProcStatNm",
    "retImptMainNm",
    "shppcstBdnMainCd",
    "shppcstBdnMainNm",
    "rcovMthdCd",
    "rcovMthdNm",
    "delicoVenId",
    "delicoVenNm",
    "wblNo",
    "resellPsblYn",
    "refundYn",
    "retRefusRsnNm",
    "retProcMemoCntt",
    "rcovDircDt",
    "rcovCnfDt",
    "rcovCmplDt",
    "rcovCmplDeferDt",
    "rcovRvkDt",
    "ordpeNm",
    "rcptpeNm",
];

fn target(texts: Vec<String>, costs: Vec<VendorCost>) -> VendorExchangeTarget {
    let mut value = json!({"cstInfo": costs});
    for (name, text) in TARGET_NAMES.into_iter().zip(texts) {
        value[name] = json!(text);
    }
    serde_json::from_value(value).unwrap()
}

#[test]
fn each_request_has_its_own_root() {
    let request = |document: &str| read::<VendorExchangeRequest>(document.as_bytes());
    let read =
        request("<requestExchangeTarget><commType>02</commType><orordNo>1</orordNo></requestExchangeTarget>");
    let expected = VendorExchangeRequest { comm_type: Some("02".to_owned()), ..Default::default() };
    assert_eq!(read, Ok(expected));
    assert_eq!(request("<request><commType>02</commType></request>"), Err(Unreadable::NoRequest));
    check("<requestExchangeTarget/>", Err(Unreadable::NoRequest));
}

fn cost(texts: Vec<String>) -> VendorCost {
    let [a, b, c, d, e, f, g, h] = <[String; 8]>::try_from(texts).unwrap();
    VendorCost {
        ord_no: a,
        ord_item_seq: b,
        shpmt_shppcst: c,
        ret_shppcst: d,
        exch_shppcst: e,
        spl_ven_bdn_dc_amt: f,
        spl_ven_id: g,
        lrnk_spl_ven_id: h,
    }
}

proptest! {
    #[test]
    fn xml_says_what_json_says(
        head in texts(3),
        rows in prop::collection::vec((texts(21), prop::collection::vec(texts(8), 0..3)), 0..4),
    ) {
        let [code, message, reason] = <[String; 3]>::try_from(head).unwrap();
        let data = rows.into_iter().map(|(row, costs)| cancel(row, costs.into_iter().map(cost).collect()));
        let result = VendorInquiryResult {
            result_code: code,
            result_message: message,
            result_desc: reason,
            data: data.collect(),
        };
        let answer = VendorInquiryAnswer { result };
        let document = write(|result| answer.write(result));
        prop_assert_eq!(tree(&document), listed(&serde_json::to_value(answer).unwrap()));
    }

    #[test]
    fn xml_says_what_json_says_of_what_comes_back(
        head in texts(3),
        rows in prop::collection::vec((texts(TARGET_TEXTS), prop::collection::vec(texts(8), 0..3)), 0..4),
    ) {
        let [code, message, reason] = <[String; 3]>::try_from(head).unwrap();
        let rows = rows.into_iter().map(|(row, costs)| target(row, costs.into_iter().map(cost).collect()));
        let list = VendorExchangeTargets { exchange_target: rows.collect() };
        let is_empty = list.exchange_target.is_empty();
        let result = VendorExchangeResult {
            result_code: code,
            result_message: message,
            result_desc: reason,
            exchange_targets: if is_empty { Vec::new() } else { vec![list] },
        };
        let answer = VendorExchangeAnswer { result };
        let document = write(|result| answer.write(result));
        prop_assert_eq!(tree(&document), listed(&serde_json::to_value(answer).unwrap()));
    }

    #[test]
    fn no_bytes_are_too_much_for_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read::<VendorInquiryRequest>(&bytes);
    }

    #[test]
    fn no_markup_is_too_much_for_the_reader(
        document in "(<request|</request|<orordNo|</orordNo|/?>|<!\\[CDATA\\[|\\]\\]>|<!--|-->|<\\?|\\?>|<!DOCTYPE|&|#x?|;|a|=|'|\"| ){0,30}"
    ) {
        let _ = read::<VendorInquiryRequest>(document.as_bytes());
    }
}
