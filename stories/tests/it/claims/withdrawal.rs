//! A member leaves after a refund to an account: nothing of the account stays readable.

use local_stack::environment::Process;
use stories::order;
use test_kit::dump::all_rows;

use super::*;

const REFUNDED: &str = "20261101O000001";
const PERSONAL: [&str; 3] = ["110-234-567890", "예금주홍", "남궁길동"];

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[actix_web::test]
async fn no_account_and_no_name_is_readable_after_the_member_has_left() {
    let mut stack = patient_house().await;
    let shop = stack.storefront();
    let mut paid_by_deposit = order(REFUNDED, MEMBER, "2026-11-01T00:00:00", 2, 10_000);
    paid_by_deposit["payList"][0]["payMeansCd"] = json!("30");
    shop.take_in(&[paid_by_deposit]).await;
    let missing = cancel(&shop, &shop.member(MEMBER), &request(REFUNDED, 1)).await;
    assert_eq!((missing.code(), missing.fields()), ("REFUND_ACCOUNT_REQUIRED", vec!["rfdAcct"]));
    let account = json!({"bankCd": "004", "acctNo": PERSONAL[0], "dpstrNm": PERSONAL[1]});
    let asked = with(request(REFUNDED, 1), "rfdAcct", account.clone());
    let keyed = cancel_of(&shop, &shop.member(MEMBER), &asked).header("Idempotency-Key", "account");
    let answer = read(keyed).await;
    let claim_no = claim_no_of(&answer);
    let shown = details_in(&shop, REFUNDED, &claim_no, "30").await;
    for text in [answer.text, shown.to_string()] {
        assert!(!text.contains(PERSONAL[0]) && !text.contains(PERSONAL[1]), "{text}");
    }
    until("the customer is told", async || messages_about(&stack, &claim_no).len() >= 2).await;

    let leave = json!({"mbrNo": MEMBER});
    let left = shop.post("/v1/member/withdrawalMemberOrderInfo", &shop.member(MEMBER), &leave).await;
    assert_eq!((left.status, left.text.as_str()), (200, ""));
    let claims = stack.database(Process::Claim).open();
    until("claim-service knows", async || {
        rows_of(&claims, "withdrawn_member").await.iter().any(|row| row.contains(MEMBER))
    })
    .await;

    let shown = details(&shop, &shop.agent(), REFUNDED, &claim_no).await;
    assert_eq!(shown["rfdList"][0]["rfdAmt"], 10_000, "amounts stay");
    let target = popup(&shop, &shop.agent(), REFUNDED).await;
    assert_eq!(target["ordManNm"], "남**동");
    for personal in PERSONAL {
        assert!(
            !shown.to_string().contains(personal) && !target.to_string().contains(personal),
            "{personal}"
        );
        for service in Process::SERVICES {
            let rows = all_rows(&stack.database(service).open()).await.join("\n");
            assert!(!rows.contains(personal), "{personal} is in a table of {}", service.name());
        }
    }
    assert_books(&stack, 1).await;
    drop(claims);
    stack.stop_all().await;
    for service in Process::SERVICES {
        for file in stack.database(service).files().iter().filter(|file| file.exists()) {
            let bytes = std::fs::read(file).expect("a file of the database can be read");
            for personal in PERSONAL {
                assert!(!contains(&bytes, personal), "{personal} is in a file of {}", service.name());
            }
        }
    }
    // The sink stands in for the outside world, and holds no account either.
    let sent = std::fs::read(stack.sink_file()).expect("messages were sent");
    assert!(!contains(&sent, PERSONAL[0]) && !contains(&sent, PERSONAL[1]));
}
