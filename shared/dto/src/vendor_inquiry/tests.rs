use std::collections::BTreeSet;

use super::*;

const CATALOGUE: &str = include_str!("../../../../docs/errors.md");

#[test]
fn the_catalogue_lists_every_code_of_the_inquiry_with_its_message_and_no_other() {
    let rows: Vec<(&str, &str)> = CATALOGUE
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| ")?.split(" | ");
            let code = cells.next()?;
            let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_digit());
            is_code.then_some((code, cells.next()?))
        })
        .collect();
    let expected: Vec<(&str, &str)> =
        VendorResultCode::ALL.iter().map(|code| (code.code(), code.message())).collect();
    assert_eq!(rows, expected);
    assert_eq!(rows.iter().map(|row| row.0).collect::<BTreeSet<_>>().len(), rows.len());
}

#[test]
fn a_request_may_leave_out_what_it_does_not_ask_for() {
    let read = |text| serde_json::from_str::<VendorInquiryDocument>(text);
    let by_order =
        read(r#"{"request":{"orordNo":"20260801O000001","orordItemSeqs":null,"more":[1]}}"#).unwrap();
    assert_eq!(by_order.request.orord_no.as_deref(), Some("20260801O000001"));
    assert_eq!(by_order.request.orord_item_seqs, None);
    assert_eq!(read(r#"{"request":{}}"#).unwrap().request, VendorInquiryRequest::default());
    assert!(read(r#"{"request":{"orordNo":"1","orordNo":"2"}}"#).is_err());
    assert!(read(r#"{"request":{"perdStrDts":20260801}}"#).is_err());
    assert!(read("{}").is_err());
}
