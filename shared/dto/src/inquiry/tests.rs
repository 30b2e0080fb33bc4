use serde_json::json;

use super::*;
use crate::schema_check::{Optional, Required, check_schema};

#[test]
fn an_inquiry_is_written_with_texts_or_numbers() {
    check_schema::<QuestionRequest>(&[
        ("ccnNo", Optional, json!("1000001")),
        ("cnslTypNo", Optional, json!("1010")),
        ("title", Optional, json!("배송 문의")),
        ("accpCont", Optional, json!("언제 오나요?")),
        ("ordNo", Optional, json!("20260801O000001")),
        ("ordSeq", Optional, json!("1")),
        ("goodsNo", Optional, json!("10002552")),
        ("itmNo", Optional, json!("001")),
        ("smsNotiYn", Optional, json!("Y")),
        ("cellSctNo", Optional, json!("010")),
        ("cellTxnoNo", Optional, json!("1234")),
        ("cellEndNo", Optional, json!("5678")),
        ("emailAddr", Optional, json!("gildong@example.com")),
        ("delFileNos", Optional, json!(["a", "b"])),
    ]);
    let loose = json!({"ccnNo": 7, "ordSeq": 1, "delFileNos": "a, b,"});
    let read: QuestionRequest = serde_json::from_value(loose).unwrap();
    assert_eq!((read.ccn_no.as_deref(), read.ord_seq.as_deref()), (Some("7"), Some("1")));
    assert_eq!(read.del_file_nos, ["a", "b"]);
}

#[test]
fn of_files_to_take_away_no_more_are_kept_than_say_that_they_are_too_many() {
    let many = vec!["a"; 100_000];
    for written in [json!({"delFileNos": many}), json!({"delFileNos": many.join(",")})] {
        let read: QuestionRequest = serde_json::from_value(written).unwrap();
        assert_eq!(read.del_file_nos.len(), QuestionRequest::MOST_DEL_FILE_NOS + 1);
    }
    let mut form = QuestionRequest::default();
    for name in ["delFileNos", "delFileNos[1]", "delFileNos[]"] {
        form.set(name, many.join(","));
    }
    assert_eq!(form.del_file_nos.len(), QuestionRequest::MOST_DEL_FILE_NOS + 1);
    let none: QuestionRequest = serde_json::from_value(json!({"delFileNos": null})).unwrap();
    assert!(none.del_file_nos.is_empty());
    assert!(serde_json::from_value::<QuestionRequest>(json!({"delFileNos": [1]})).is_err());
    assert!(serde_json::from_value::<QuestionRequest>(json!({"delFileNos": {}})).is_err());
}

#[test]
fn a_form_sets_the_same_fields_by_name() {
    let mut form = QuestionRequest::default();
    let names = [
        "ccnNo",
        "cnslTypNo",
        "title",
        "accpCont",
        "ordNo",
        "ordSeq",
        "goodsNo",
        "itmNo",
        "smsNotiYn",
        "cellSctNo",
        "cellTxnoNo",
        "cellEndNo",
        "emailAddr",
    ];
    for name in names {
        form.set(name, format!("<{name}>"));
    }
    for (name, value) in
        [("delFileNos", "a"), ("delFileNos[1]", "b"), ("delFileNos[]", "c,d"), ("other", "x")]
    {
        form.set(name, value.to_owned());
    }
    let written = serde_json::to_value(&form).unwrap();
    for name in names {
        assert!(QuestionRequest::knows(name));
        assert_eq!(written[name], format!("<{name}>"));
    }
    assert!(QuestionRequest::knows("delFileNos[3]") && !QuestionRequest::knows("other"));
    assert_eq!(form.del_file_nos, ["a", "b", "c", "d"]);
}

#[test]
fn a_row_and_a_detail_have_the_contracts_fields() {
    let row = json!({"ccnNo": "1000001", "cnslTypNo": "1010", "cnslTypNm": "배송조회", "title": "배송 문의",
        "accpDtm": "2026-08-01T10:00:00+09:00", "cnslStatCd": "10", "cnslStatNm": "접수완료", "ordNo": null,
        "goodsNo": null, "goodsNm": null, "fileCnt": 0, "ansDtm": null});
    let read: QuestionRow = serde_json::from_value(row.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), row);
    let detail = CounselDetail {
        detail: QuestionDetail {
            row: read,
            accp_cont: "언제 오나요?".to_owned(),
            sms_noti_yn: commerce::Yn::No,
            cell_sct_no: None,
            cell_txno_no: None,
            cell_end_no: None,
            email_addr: None,
            files: Vec::new(),
            ans_cont: None,
            ans_user_nm: None,
        },
        mbr_no: commerce::MemberNo::parse("100001311").unwrap(),
        proc_user_id: None,
        mod_dtm: "2026-08-01T01:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into(),
        hist_list: Vec::new(),
        memo_list: Vec::new(),
    };
    let written = serde_json::to_value(&detail).unwrap();
    let mut names: Vec<&str> = written.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accpCont",
            "accpDtm",
            "ansCont",
            "ansDtm",
            "ansUserNm",
            "ccnNo",
            "cellEndNo",
            "cellSctNo",
            "cellTxnoNo",
            "cnslStatCd",
            "cnslStatNm",
            "cnslTypNm",
            "cnslTypNo",
            "emailAddr",
            "fileCnt",
            "files",
            "goodsNm",
            "goodsNo",
            "histList",
            "mbrNo",
            "memoList",
            "modDtm",
            "ordNo",
            "procUserId",
            "smsNotiYn",
            "title"
        ]
    );
    assert!(!format!("{detail:?}").contains("배송"), "texts stay out of logs");
}

#[test]
fn the_other_requests_have_the_contracts_fields() {
    check_schema::<InquiryCountQuery>(&[
        ("mbrNo", Optional, json!("100001311")),
        ("accpStrDt", Optional, json!("20260801")),
        ("accpEndDt", Optional, json!("20260831")),
    ]);
    check_schema::<QnaInfo>(&[
        ("mbrNo", Optional, json!("100001311")),
        ("goodsNo", Optional, json!("10002552")),
        ("questNo", Optional, json!("77")),
        ("inqmnNm", Optional, json!("홍길동")),
        ("cellNoYn", Optional, json!("Y")),
        ("cellSctNo", Optional, json!("010")),
        ("cellTxnoNo", Optional, json!("1234")),
        ("cellEndNo", Optional, json!("5678")),
        ("emailAddr", Optional, json!("gildong@example.com")),
        ("accpCont", Optional, json!("재입고 되나요?")),
    ]);
    check_schema::<SaveAnswerRequest>(&[
        ("ccnNo", Optional, json!("1000001")),
        ("ansCont", Optional, json!("안녕하세요.")),
        ("tmplNo", Optional, json!("3")),
        ("modDtm", Optional, json!("2026-08-01T10:00:00+09:00")),
    ]);
    check_schema::<CounselState>(&[
        ("ccnNo", Required, json!("1000001")),
        ("cnslStatCd", Required, json!("20")),
    ]);
    check_schema::<BackOfficeList<CounselState>>(&[
        ("totalCount", Required, json!(0)),
        ("payloads", Required, json!([])),
    ]);
}

#[test]
fn what_the_desk_asks_and_keeps_has_these_fields() {
    check_schema::<CounselStateRow>(&[
        ("ccnNo", Required, json!("1000001")),
        ("cnslStatCd", Required, json!("20")),
        ("procUserId", Optional, json!("agent-1")),
        ("procDtm", Optional, json!("2026-12-01T10:00:00+09:00")),
        ("modDtm", Required, json!("2026-12-01T09:00:00+09:00")),
        ("delYn", Required, json!("N")),
    ]);
    check_schema::<CounselCount>(&[
        ("waitCnt", Required, json!(23)),
        ("prcsCnt", Required, json!(9)),
        ("myCnt", Required, json!(3)),
        ("myDraftCnt", Required, json!(1)),
        ("myAnsTodayCnt", Required, json!(40)),
        ("oldestAccpDtm", Optional, json!("2026-12-01T09:00:00+09:00")),
        ("serverDtm", Required, json!("2026-12-01T10:00:00+09:00")),
    ]);
    check_schema::<StartNextProcessRequest>(&[("cnslTypNoList", Optional, json!(["1010", "5000"]))]);
    check_schema::<NextCounsel>(&[
        ("ccnNo", Optional, json!("1000001")),
        ("cnslStatCd", Optional, json!("20")),
    ]);
    check_schema::<SaveAnswerDraftRequest>(&[
        ("ccnNo", Optional, json!("1000001")),
        ("ansCont", Optional, json!("안녕하세요.")),
        ("tmplNo", Optional, json!("3")),
        ("draftVer", Optional, json!(1_796_000_000_000_000_i64)),
    ]);
    check_schema::<AnswerDraft>(&[
        ("ccnNo", Required, json!("1000001")),
        ("ansCont", Required, json!("안녕하세요.")),
        ("tmplNo", Optional, json!("3")),
        ("draftVer", Required, json!(1_796_000_000_000_000_i64)),
        ("modDtm", Required, json!("2026-12-01T09:00:00+09:00")),
    ]);
    check_schema::<CounselMemo>(&[
        ("seq", Required, json!(1)),
        ("dtm", Required, json!("2026-12-01T09:00:00+09:00")),
        ("userId", Required, json!("agent-1")),
        ("memoCont", Required, json!("창고에 확인 중")),
    ]);
    let secret = "홍길동님께";
    let draft = SaveAnswerDraftRequest { ans_cont: Some(secret.to_owned()), ..Default::default() };
    let memo = SaveCounselMemoRequest { memo_cont: Some(secret.to_owned()), ..Default::default() };
    assert!(!format!("{draft:?}{memo:?}").contains(secret), "texts stay out of logs");
}
