//! How much one inquiry may ask for.

use super::*;

#[actix_web::test]
async fn an_answer_holds_so_many_rows_and_no_more() {
    let (app, key) = waiting().await;
    super::super::pin(&app, ORDER).await;
    let claims = |from: usize, until: usize| {
        (from..until).map(|serial| (format!("20260805C{serial:06}"), "2026-08-05 01:00:00"))
    };
    put_returns(&app, claims(0, MOST_ROWS), ORDER).await;
    let answer = ask(&app, &key, by_period("20260805", "20260805")).await;
    let all = rows(&answer);
    assert_eq!(all.len(), MOST_ROWS);
    assert!(all.iter().all(|row| row["ordpeNm"] == "홍길동"));
    assert!(all.is_sorted_by_key(|row| row["shppNo"].as_str().map(str::to_owned)));

    put_returns(&app, claims(MOST_ROWS, MOST_ROWS + 1), ORDER).await;
    for request in [by_period("20260805", "20260805"), by_order(ORDER)] {
        let answer = ask(&app, &key, request).await;
        assert_eq!((answer.status, result(&answer).0), (200, "20"), "{}", answer.text);
        assert!(result(&answer).1.contains("조회기간을 줄여"));
    }
    assert_eq!(rows(&ask(&app, &key, by_claim("20260805C000007")).await).len(), 1);
}
