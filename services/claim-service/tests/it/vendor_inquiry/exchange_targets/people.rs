//! Who ordered, and of whom the goods are fetched.

use contract::operations::claim::CLAIM_DETAILS_INFO_FO;
use serde_json::json;

use super::*;
use crate::cancel::with;
use crate::goods_back::{delivered, leave, number_in, return_of};

fn elsewhere() -> Value {
    json!({"rcvmnNm": "남궁길동", "cellSctNo": "010", "cellTxnoNo": "4987", "cellEndNo": "6501", "zipNo": "48059",
        "zipAddr": "부산광역시 해운대구 센텀중앙로 79", "dtlAddr": "1103호", "deliMsg": null})
}

/// What the details of the claim show of whom the goods are fetched.
async fn shown(app: &TestApp, claim_no: &str) -> Value {
    let request = json!({"ordNo": ORDER, "claimNo": claim_no});
    let details = app.service.post(CLAIM_DETAILS_INFO_FO.path, &agent("cs1"), &request).await.json;
    details["wthdInfo"]["wthdDlvp"]["rcvmnNm"].clone()
}

#[actix_web::test]
async fn names_are_those_the_details_show_and_masked_once_the_member_has_left() {
    let app = delivered().await;
    let key = key_of(&app, VENDOR).await;
    app.member.change(ORDER, |snapshot| snapshot["order"]["dlvpList"][0]["rcvmnNm"] = json!("임꺽정"));
    let of_order = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    let asked =
        with(with(return_of("251", 1), "wthdDlvp", elsewhere()), "claimRsnCntt", json!("남궁길동입니다"));
    let of_its_own = number_in(&app.ask_return(&asked).await, "20");
    app.collect(&of_its_own).await;
    for (claim_no, recipient) in [(&of_order, "임꺽정"), (&of_its_own, "남궁길동")] {
        let row = row_of(&app, &key, claim_no).await;
        assert_fields(&row, &[("ordpeNm", "홍길동"), ("rcptpeNm", recipient)]);
        assert_eq!(row["rcptpeNm"], shown(&app, claim_no).await);
    }

    // member-service has heard of it, and this service not yet.
    app.member.change(ORDER, |snapshot| {
        snapshot["masked"] = json!(true);
        snapshot["order"]["ordManNm"] = json!("홍*동");
        snapshot["order"]["dlvpList"][0]["rcvmnNm"] = json!("임*정");
    });
    for _ in 0..2 {
        for (claim_no, recipient) in [(&of_order, "임*정"), (&of_its_own, "남**동")] {
            let row = row_of(&app, &key, claim_no).await;
            assert_fields(&row, &[("ordpeNm", "홍*동"), ("rcptpeNm", recipient)]);
            assert_eq!(row["rcptpeNm"], shown(&app, claim_no).await);
        }
        leave(&app, "남궁길동").await;
    }
    let row = row_of(&app, &key, &of_its_own).await;
    assert_fields(&row, &[("wblNo", "****"), ("clmRsnCntt", "남**동입니다")]);
    let all = ask(&app, &key, by_order(ORDER)).await.text;
    for personal in ["홍길동", "임꺽정", "남궁길동", "센텀중앙로", "4987"] {
        assert!(!all.contains(personal), "{personal}: {all}");
    }
}

#[actix_web::test]
async fn without_member_service_there_are_no_rows() {
    let app = delivered().await;
    let key = key_of(&app, VENDOR).await;
    let claim_no = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    app.until_outbox_is_empty().await;
    app.member.break_down();
    let answer = ask(&app, &key, by_claim(&claim_no)).await;
    assert_eq!((answer.status, result(&answer).0), (200, "90"), "{}", answer.text);
    assert_eq!(answer.json["result"]["exchangeTargets"], json!([]));
    // Nobody has to be asked about nothing.
    assert!(rows(&ask(&app, &key, by_order("20260801O000099")).await).is_empty());
}
