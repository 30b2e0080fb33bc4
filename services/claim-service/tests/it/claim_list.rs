//! 클레임 목록: what customers see of their claims, and what agents look for.

use contract::operations::claim::{GET_CLAIM_LIST, GET_CLAIM_LIST_FO, WITHDRAWAL_RETURN_FO};
use db::DbError;
use diesel::connection::SimpleConnection as _;
use platform::identity::Caller;
use serde_json::{Value, json};
use test_kit::identity::{admin, agent, guest, member, on_site, service};
use test_kit::service::TestAnswer;

use crate::app::{House, TestApp};
use crate::goods_back::{assert_refused, delivered, exchange_of, noon, number_in, return_of};
use crate::member::{GUEST_ORDER, MEMBER, ORDER};

const OTHER_MEMBER: &str = "100009999";
const OTHER_ORDER: &str = "20260801O000077";

/// One claim of each kind that matters, numbered by the day they were asked for; the eighth is older than three months.
const CLAIMS: &str = "
    INSERT INTO claim (claim_no, site_no, ord_no, mbr_no, claim_business_type, claim_stat_cd, req_dtm, cmpl_dtm, claim_rsn_cd,
        rcv_yn, cost_doc)
    VALUES ('20260801C000001', '1', '20260801O000001', '100001311', '10', '30', '2026-08-01 03:00:00',
            '2026-08-01 03:00:01', '251', 'N', '{\"refund\":1000}'),
        ('20260801C000002', '1', '20260801O000001', '100001311', '20', '20', '2026-08-02 03:00:00', NULL, '251', 'N', NULL),
        ('20260801C000003', '1', '20260801O000077', '100009999', '20', '20', '2026-08-03 03:00:00', NULL, '272', 'N', NULL),
        ('20260801C000004', '1', '20260801O000001', '100001311', '20', '30', '2026-08-04 03:00:00',
            '2026-08-05 03:00:00', '251', 'N', '{\"refund\":4000}'),
        ('20260801C000005', '2', '20260801O000078', '100001311', '30', '90', '2026-08-05 03:00:00', NULL, '252', 'N',
            '{\"refund\":0}'),
        ('20260801C000006', '1', '20260801O000002', NULL, '20', '10', '2026-08-06 03:00:00', NULL, '272', 'Y', NULL),
        ('20260801C000007', '1', '20260801O000001', '100001311', '11', '30', '2026-08-07 03:00:00', '2026-08-07 03:00:00',
            NULL, 'N', NULL),
        ('20260801C000008', '1', '20260801O000001', '100001311', '10', '90', '2026-04-01 03:00:00', NULL, '251', 'N',
            '{\"refund\":8000}');
    INSERT INTO claim_rtn (claim_no, deli_grp_no, entr_no, ord_dtl_stat_cd, end_rsn_cd, end_dtm, impt_div_cd, req_impt_div_cd,
        wthd_mthd_cd, req_wthd_mthd_cd, req_cost_doc, req_cost_hash, wthd_fnsh_dtm, rfd_due_dt)
    VALUES ('20260801C000002', 1, 'E0002', '36', NULL, NULL, '20', '10', '10', '10', '{\"refund\":2000,\"additional_payment\":200}', '',
            '2026-08-06 03:00:00', '2026-08-09'),
        ('20260801C000003', 1, 'E0002', '38', NULL, NULL, '20', '20', '10', '10', '{\"refund\":3000}', '',
            '2026-08-05 03:00:00', '2026-08-10'),
        ('20260801C000004', 1, 'E0001', '37', NULL, NULL, '10', '10', '10', '10', '{\"refund\":1}', '',
            '2026-08-04 03:00:00', '2026-08-07'),
        ('20260801C000005', 1, 'E0003', '39', '30', '2026-08-05 04:00:00', '10', '10', '10', '10', '{\"refund\":0}', '', NULL,
            NULL);
    INSERT INTO claim_line (claim_no, ord_seq, claim_qty, entr_no)
    VALUES ('20260801C000001', 1, 1, 'E0001'), ('20260801C000001', 2, 1, 'E0002'), ('20260801C000006', 1, 1, NULL),
        ('20260801C000008', 1, 1, 'E0001');
    INSERT INTO claim_rtn_goods (claim_no, ord_seq, itm_no, goods_no, entr_no, claim_qty)
    VALUES ('20260801C000002', 1, '001', '10002552', 'E0001', 1), ('20260801C000002', 1, '002', '10002552', 'E0001', 1),
        ('20260801C000003', 1, '001', '10002552', 'E0001', 1), ('20260801C000004', 1, '001', '10002552', 'E0001', 1),
        ('20260801C000005', 1, '001', '10002552', 'E0001', 1);
    INSERT INTO claim_opt (claim_no, ord_seq, goods_no, fr_itm_no, itm_no, itm_nm, opt_qty)
    VALUES ('20260801C000007', 1, '10002552', '001', '002', 'L', 1);";

async fn with_claims() -> TestApp {
    let app = TestApp::spawn_in(House::at(noon())).await;
    // The order is known here from its first look on.
    assert_eq!(app.popup(&member(MEMBER), ORDER).await.status, 200);
    app.db
        .write(|conn| Ok::<_, DbError>(conn.batch_execute(CLAIMS)?))
        .await
        .expect("the claims are put down");
    app
}

impl TestApp {
    /// 클레임 목록 조회
    async fn list(&self, caller: &Caller, query: &str, request: &Value) -> TestAnswer {
        self.service.post(&format!("{}{query}", GET_CLAIM_LIST_FO.path), caller, request).await
    }

    /// 클레임 관리 목록 조회
    async fn managed(&self, query: &str) -> TestAnswer {
        self.service.get(&format!("{}{query}", GET_CLAIM_LIST.path), &agent("cs1")).await
    }
}

/// Rows by the last digit of their numbers, and how many there are in all.
#[track_caller]
fn numbers(answer: &TestAnswer) -> (i64, String) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let is_bare = answer.json.get("payloads").is_some();
    let list = if is_bare { &answer.json } else { answer.payload() };
    let rows = list[if is_bare { "payloads" } else { "list" }].as_array().expect("rows");
    let digits = rows.iter().filter_map(|row| row["claimNo"].as_str()?.chars().last()).collect();
    (list["totalCount"].as_i64().unwrap_or(-1), digits)
}

#[actix_web::test]
async fn a_member_sees_its_claims_of_every_kind_newest_first() {
    let app = with_claims().await;
    let shown = app.list(&member(MEMBER), "", &json!({})).await;
    let no = |last: u32| format!("20260801C00000{last}");
    assert_eq!(
        shown.payload(),
        &json!({"totalCount": 4, "list": [
            {"claimNo": no(7), "ordNo": ORDER, "claimBusinessType": "11", "claimBusinessTypeNm": "옵션변경",
                "claimStatCd": "30", "claimStatNm": "완료", "endRsnCd": null,
                "ordDtlStatCd": null, "reqDtm": "2026-08-07T12:00:00+09:00", "cmplDtm": "2026-08-07T12:00:00+09:00",
                "rfdPrarAmt": null, "goodsNm": "린넨 셔츠", "goodsCnt": 1},
            {"claimNo": no(4), "ordNo": ORDER, "claimBusinessType": "20", "claimBusinessTypeNm": "반품",
                "claimStatCd": "30", "claimStatNm": "완료", "endRsnCd": null,
                "ordDtlStatCd": "37", "reqDtm": "2026-08-04T12:00:00+09:00", "cmplDtm": "2026-08-05T12:00:00+09:00",
                "rfdPrarAmt": 4000, "goodsNm": "린넨 셔츠", "goodsCnt": 1},
            {"claimNo": no(2), "ordNo": ORDER, "claimBusinessType": "20", "claimBusinessTypeNm": "반품",
                "claimStatCd": "20", "claimStatNm": "처리중", "endRsnCd": null,
                "ordDtlStatCd": "36", "reqDtm": "2026-08-02T12:00:00+09:00", "cmplDtm": null,
                "rfdPrarAmt": 2000, "goodsNm": "린넨 셔츠", "goodsCnt": 2},
            {"claimNo": no(1), "ordNo": ORDER, "claimBusinessType": "10", "claimBusinessTypeNm": "취소",
                "claimStatCd": "30", "claimStatNm": "완료", "endRsnCd": null,
                "ordDtlStatCd": null, "reqDtm": "2026-08-01T12:00:00+09:00", "cmplDtm": "2026-08-01T12:00:01+09:00",
                "rfdPrarAmt": 1000, "goodsNm": "린넨 셔츠", "goodsCnt": 2}]}),
        "{}",
        shown.text
    );
    // Of another site it has others.
    let other = app.list(&on_site(member(MEMBER), "2"), "", &json!({})).await;
    assert_eq!(
        other.payload()["list"],
        json!([{"claimNo": no(5), "ordNo": "20260801O000078", "claimBusinessType": "30",
            "claimBusinessTypeNm": "교환", "claimStatCd": "90", "claimStatNm": "거부", "endRsnCd": "30", "ordDtlStatCd": "39", "reqDtm": "2026-08-05T12:00:00+09:00", "cmplDtm": null,
            "rfdPrarAmt": 0, "goodsNm": null, "goodsCnt": 1}])
    );
}

#[actix_web::test]
async fn a_guest_sees_the_claims_of_its_order_and_an_agent_those_of_a_member() {
    let app = with_claims().await;
    let of_guest = app.list(&guest(GUEST_ORDER), "", &json!({})).await;
    assert_eq!(numbers(&of_guest), (1, "6".to_owned()));
    assert_eq!(of_guest.payload()["list"][0]["rfdPrarAmt"], Value::Null);
    // A member's order is none of a guest's, whatever number it bears.
    assert_eq!(numbers(&app.list(&guest(ORDER), "", &json!({})).await), (0, String::new()));
    assert_eq!(numbers(&app.list(&on_site(guest(GUEST_ORDER), "2"), "", &json!({})).await).0, 0);
    for caller in [agent("cs1"), admin("boss"), on_site(agent("cs1"), "3")] {
        let query = format!("?mbrNo={MEMBER}");
        assert_eq!(numbers(&app.list(&caller, &query, &json!({})).await), (5, "75421".to_owned()));
        assert_refused(&app.list(&caller, "", &json!({})).await, "VALIDATION", &["mbrNo"]);
    }
    let own = format!("?mbrNo={MEMBER}");
    assert_eq!(numbers(&app.list(&member(MEMBER), &own, &json!({})).await).0, 4);
    for (caller, query) in [
        (member(OTHER_MEMBER), own.as_str()),
        (guest(GUEST_ORDER), own.as_str()),
        (service("shop"), own.as_str()),
    ] {
        assert_eq!(app.list(&caller, query, &json!({})).await.status, 403);
    }
    assert_eq!(numbers(&app.list(&member("100001312"), "", &json!({})).await), (0, String::new()));
}

#[actix_web::test]
async fn a_customers_list_is_narrowed_and_paged() {
    let app = with_claims().await;
    let list = async |request: Value| numbers(&app.list(&member(MEMBER), "", &request).await);
    let cases = [
        (json!({"strDt": "20260101"}), (5, "74218")),
        (json!({"endDt": "2026-06-30"}), (1, "8")),
        (json!({"strDt": "20260802", "endDt": "20260804"}), (2, "42")),
        (json!({"claimBusinessType": "20"}), (2, "42")),
        (json!({"claimBusinessType": "10", "strDt": "2026-01-01"}), (2, "18")),
        (json!({"claimBusinessType": "22"}), (0, "")),
        (json!({"ordNo": ORDER}), (4, "7421")),
        (json!({"ordNo": ORDER, "claimBusinessType": "20"}), (2, "42")),
        (json!({"ordNo": OTHER_ORDER}), (0, "")),
        (json!({"pageSize": 3}), (4, "742")),
        (json!({"pageNo": 2, "pageSize": 3}), (4, "1")),
        (json!({"pageNo": 3, "pageSize": 3}), (4, "")),
        (json!({"pageNo": i64::MAX}), (4, "")),
    ];
    for (request, (total, rows)) in cases {
        assert_eq!(list(request.clone()).await, (total, rows.to_owned()), "{request}");
    }
    let bad = [
        (json!({"strDt": "tomorrow"}), "strDt"),
        (json!({"endDt": "20260230"}), "endDt"),
        (json!({"strDt": "20260802", "endDt": "20260801"}), "endDt"),
        (json!({"claimBusinessType": "99"}), "claimBusinessType"),
        (json!({"ordNo": "O1"}), "ordNo"),
        (json!({"pageNo": 0}), "pageNo"),
        (json!({"pageSize": 101}), "pageSize"),
    ];
    for (request, field) in bad {
        assert_refused(&app.list(&member(MEMBER), "", &request).await, "VALIDATION", &[field]);
    }
}

#[actix_web::test]
async fn agents_find_claims_by_what_they_know_of_them() {
    let app = with_claims().await;
    let member_no = format!("mbrNo={MEMBER}");
    let order_no = format!("ordNo={ORDER}");
    let cases = [
        ("", 7, "7654321"),
        ("strDt=2026-01-01", 8, "76543218"),
        ("strDt=20260802&endDt=20260803", 2, "32"),
        ("claimBusinessType=20", 4, "6432"),
        ("claimBusinessType=30", 1, "5"),
        ("claimStatCd=90", 1, "5"),
        ("claimStatCd=20&claimBusinessType=20", 2, "32"),
        ("ordDtlStatCd=36", 1, "2"),
        ("ordDtlStatCd=39", 1, "5"),
        ("ordDtlStatCd=31", 0, ""),
        // Who names an order or a member finds what is old as well.
        (order_no.as_str(), 5, "74218"),
        (member_no.as_str(), 6, "754218"),
        ("mbrNo=1", 0, ""),
        // Of goods that come back the group's vendor counts, of others whoever sold one of the lines.
        ("entrNo=E0001", 2, "41"),
        ("entrNo=E0002", 3, "321"),
        ("lateYn=Y", 1, "2"),
        ("lateYn=N", 7, "7654318"),
        ("claimRsnCd=251", 3, "421"),
        ("claimRsnCd=272&strDt=2026-01-01", 2, "63"),
        // Of goods that come back whose fault it is seen as now, of others their reason's.
        ("imptDivCd=20", 3, "632"),
        ("imptDivCd=10", 3, "541"),
        ("imptDivCd=30", 0, ""),
        ("sortCd=10", 7, "7654321"),
        ("sortCd=20", 7, "1234567"),
        ("sortCd=20&pageNo=2&pageSize=3", 7, "456"),
        ("pageNo=2&pageSize=3", 7, "432"),
        ("pageNo=4&pageSize=3", 7, ""),
        ("entrNo=&strDt=&lateYn=", 7, "7654321"),
    ];
    for (query, total, rows) in cases {
        assert_eq!(numbers(&app.managed(&format!("?{query}")).await), (total, rows.to_owned()), "{query}");
    }
    let bad = [
        ("strDt=x", "strDt"),
        ("strDt=20260802&endDt=20260801", "endDt"),
        ("claimBusinessType=99", "claimBusinessType"),
        ("claimStatCd=11", "claimStatCd"),
        ("ordDtlStatCd=11", "ordDtlStatCd"),
        ("ordNo=O1", "ordNo"),
        ("mbrNo=me", "mbrNo"),
        ("lateYn=yes", "lateYn"),
        ("attnYn=y", "attnYn"),
        ("stepCd=PAY", "stepCd"),
        ("stepStatCd=20", "stepStatCd"),
        ("stepStatCd=40", "stepStatCd"),
        ("claimRsnCd=999", "claimRsnCd"),
        ("imptDivCd=40", "imptDivCd"),
        ("sortCd=30", "sortCd"),
        ("pageNo=0", "pageNo"),
        ("pageSize=101", "pageSize"),
    ];
    for (query, field) in bad {
        assert_refused(&app.managed(&format!("?{query}")).await, "VALIDATION", &[field]);
    }
    let long = "E".repeat(41);
    assert_refused(&app.managed(&format!("?entrNo={long}")).await, "VALIDATION", &["entrNo"]);
}

#[actix_web::test]
async fn an_agents_row_says_whose_it_is_and_how_long_it_has() {
    let app = with_claims().await;
    let shown = app.managed("?lateYn=Y").await.json;
    assert_eq!(
        shown,
        json!({"totalCount": 1, "payloads": [{"claimNo": "20260801C000002", "ordNo": ORDER,
            "claimBusinessType": "20", "claimBusinessTypeNm": "반품",
                "claimStatCd": "20", "claimStatNm": "처리중", "endRsnCd": null, "ordDtlStatCd": "36",
            "reqDtm": "2026-08-02T12:00:00+09:00", "cmplDtm": null, "rfdPrarAmt": 2000, "goodsNm": "린넨 셔츠",
            "goodsCnt": 2, "mbrNo": MEMBER, "entrNo": "E0002", "imptDivCd": "20",
            "wthdFnshDtm": "2026-08-06T12:00:00+09:00", "rfdDueDt": "2026-08-09", "lateYn": "Y",
            "claimRsnCd": "251", "claimRsnNm": "단순변심", "addPayPrarAmt": 200, "stepCd": null, "stepNm": null,
            "stepStatCd": null, "tryCnt": null, "nextTryDtm": null, "lastRsn": null}]})
    );
    let of = async |query: &str| app.managed(query).await.json["payloads"].clone();
    let late = of("").await;
    let fields = |row: &Value| {
        ["mbrNo", "entrNo", "imptDivCd", "rfdDueDt", "lateYn"]
            .map(|field| row[field].as_str().unwrap_or("-").to_owned())
    };
    let rows: Vec<[String; 5]> = late.as_array().into_iter().flatten().map(fields).collect();
    let expected = [
        [MEMBER, "-", "-", "-", "N"],
        ["-", "-", "20", "-", "N"],
        [MEMBER, "E0003", "10", "-", "N"],
        [MEMBER, "E0001", "10", "2026-08-07", "N"],
        // Today is its last day.
        [OTHER_MEMBER, "E0002", "20", "2026-08-10", "N"],
        [MEMBER, "E0002", "20", "2026-08-09", "Y"],
        [MEMBER, "E0001", "10", "-", "N"],
    ];
    assert_eq!(rows, expected.map(|row| row.map(String::from)));
    let order = &of(&format!("?ordNo={OTHER_ORDER}")).await[0];
    assert_eq!((&order["claimNo"], &order["goodsNm"]), (&json!("20260801C000003"), &Value::Null));
}

#[actix_web::test]
async fn only_agents_look_at_everybodys_claims() {
    let app = TestApp::spawn().await;
    for caller in [member(MEMBER), guest(GUEST_ORDER), service("shop")] {
        assert_eq!(app.service.get(GET_CLAIM_LIST.path, &caller).await.status, 403);
    }
    let nothing = app.service.get(GET_CLAIM_LIST.path, &admin("boss")).await;
    assert_eq!(nothing.json, json!({"totalCount": 0, "payloads": []}));
}

#[actix_web::test]
async fn claims_are_listed_from_their_request_to_their_end() {
    let app = delivered().await;
    let row = async |claim_no: &str| {
        let list = app.list(&member(MEMBER), "", &json!({})).await.payload()["list"].clone();
        let rows = list.as_array().cloned().unwrap_or_default();
        let row = rows.into_iter().find(|row| row["claimNo"] == claim_no).expect("it is listed");
        ["claimStatCd", "ordDtlStatCd", "endRsnCd", "rfdPrarAmt"].map(|field| row[field].clone())
    };
    let settled = number_in(&app.ask_return(&return_of("251", 1)).await, "20");
    assert_eq!(row(&settled).await, [json!("20"), json!("33"), Value::Null, json!(7_000)]);
    app.collect(&settled).await;
    assert_eq!(row(&settled).await, [json!("20"), json!("36"), Value::Null, json!(7_000)]);
    assert_eq!(app.settle(&settled, true).await.payload()["list"][0]["claimStatCd"], "30");
    assert_eq!(row(&settled).await, [json!("30"), json!("37"), Value::Null, json!(7_000)]);
    let withdrawn = number_in(&app.ask_return(&return_of("272", 1)).await, "20");
    let asked = json!({"ordNo": ORDER, "claimNo": withdrawn});
    assert_eq!(app.service.post(WITHDRAWAL_RETURN_FO.path, &member(MEMBER), &asked).await.status, 200);
    let [status, state, why, refund] = row(&withdrawn).await;
    assert_eq!([status, state, why], [json!("90"), json!("39"), json!("30")]);
    assert!(refund.as_i64() > Some(0), "as it was shown: {refund}");
    let exchange = number_in(&app.ask_exchange(&exchange_of("272", 1, "002")).await, "20");
    assert_eq!(row(&exchange).await, [json!("20"), json!("33"), Value::Null, json!(0)]);
}
