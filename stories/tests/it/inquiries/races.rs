//! A member and two agents at once: whatever the interleaving, nobody overwrites anybody.

use serde_json::json;

use super::house::House;

const ROUNDS: usize = 200;

#[actix_web::test]
async fn an_edit_against_a_pick_up() {
    let house = House::open().await;
    for round in 0..ROUNDS {
        let ccn_no = house.written(&json!({})).await;
        let start = json!({"ccnNo": ccn_no});
        let text = format!("고친 내용 {round}");
        let edit = json!({"ccnNo": ccn_no, "cnslTypNo": "9090", "title": "고침", "accpCont": text});
        let (edited, started) = tokio::join!(
            house.post("questionMod", &house.member, &edit),
            house.desk("startProcess", &house.agent, &start),
        );
        assert_eq!(started.status, 200, "{}", started.text);
        let works_on = house.desk_detail(&ccn_no).await["accpCont"].clone();
        if edited.status == 200 {
            assert_eq!(works_on, text, "round {round}");
        } else {
            assert_eq!((edited.status, edited.code()), (900, "INQUIRY_NOT_EDITABLE"));
            assert_eq!(works_on, "언제 오나요?", "round {round}");
        }
    }
}

#[actix_web::test]
async fn a_delete_against_a_pick_up() {
    let house = House::open().await;
    for _ in 0..ROUNDS {
        let ccn_no = house.written(&json!({})).await;
        let start = json!({"ccnNo": ccn_no});
        let (deleted, started) = tokio::join!(
            house.delete(&ccn_no, &house.member),
            house.desk("startProcess", &house.agent, &start),
        );
        match (deleted.status, started.status) {
            (200, 900) => assert_eq!(started.code(), "INQUIRY_NOT_FOUND"),
            (900, 200) => assert_eq!(deleted.code(), "INQUIRY_NOT_EDITABLE"),
            _ => panic!("one of the two wins: {} {}", deleted.text, started.text),
        }
    }
}

#[actix_web::test]
async fn two_agents_at_once() {
    let house = House::open().await;
    for _ in 0..ROUNDS {
        let ccn_no = house.written(&json!({})).await;
        let start = json!({"ccnNo": ccn_no});
        let (one, other) = tokio::join!(
            house.desk("startProcess", &house.agent, &start),
            house.desk("startProcess", &house.other_agent, &start),
        );
        let (loser, owner) = if one.status == 200 { (&other, "agent-1") } else { (&one, "agent-2") };
        assert_eq!((loser.status, loser.code()), (900, "INQUIRY_STATUS_CONFLICT"), "{}", loser.text);
        assert_eq!(house.desk_detail(&ccn_no).await["procUserId"], owner);
    }
}
