use std::collections::BTreeSet;

use super::*;

const CATALOGUE: &str = include_str!("../../../../docs/errors.md");

#[test]
fn a_code_is_told_apart_by_its_identifier() {
    let codes: BTreeSet<&str> = ResultCode::ALL.iter().map(|code| code.code()).collect();
    assert_eq!(codes.len(), ResultCode::ALL.len());
    for code in ResultCode::ALL.iter().copied() {
        assert_eq!(ResultCode::from_code(code.code()), Some(code));
        assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{code}\""));
        assert_eq!(serde_json::from_str::<ResultCode>(&format!("\"{code}\"")).unwrap(), code);
    }
    let refused = serde_json::from_str::<ResultCode>("\"NO_SUCH\"").unwrap_err().to_string();
    assert!(refused.starts_with("`NO_SUCH` is not a result code"), "{refused}");
}

#[test]
fn a_message_is_a_polite_korean_sentence() {
    for code in ResultCode::ALL {
        let message = code.message();
        assert!(message.ends_with("니다.") || message.ends_with("주세요."), "{code}: {message}");
    }
}

#[test]
fn every_status_is_one_the_contract_knows_or_a_request_that_is_none() {
    let statuses: BTreeSet<u16> = ResultCode::ALL.iter().map(|code| code.status()).collect();
    // 400 and 431 are for what never became a request: a head that can't be read, or is too large.
    let known = [400, 401, 403, 404, 405, 408, 409, 413, 415, 429, 431, 500, 501, 502, 503, 504, 900];
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), known);
}

#[test]
fn the_catalogue_lists_every_code_with_its_status_and_message_and_no_other() {
    let rows: Vec<(&str, &str, &str)> = CATALOGUE
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split(" | ");
            Some((cells.next()?.strip_suffix('`')?, cells.next()?, cells.next()?))
        })
        .collect();
    let statuses: Vec<String> = ResultCode::ALL.iter().map(|code| code.status().to_string()).collect();
    let expected: Vec<(&str, &str, &str)> = ResultCode::ALL
        .iter()
        .zip(&statuses)
        .map(|(code, status)| (code.code(), status.as_str(), code.message()))
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn every_row_of_the_catalogue_says_what_to_do() {
    for line in CATALOGUE.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 5, "{line}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{line}");
    }
}
