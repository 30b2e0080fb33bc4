//! Orders put straight into the table, and what their guests know.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use member_service::secrets::password::Hasher;
use serde_json::{Value, json};
use test_kit::identity::anonymous;
use test_kit::service::TestAnswer;

use crate::app::TestApp;

pub(crate) const ORDER_NO: &str = "20260802O000002";
pub(crate) const PASSWORD: &str = "guest-1234";
pub(crate) const PHONE: &str = "01098765432";

impl TestApp {
    /// 김비회 ordered on site 2 from 010-9876-5432.
    pub(crate) async fn with_guest_order(self) -> Self {
        self.put_order(ORDER_NO, None).await;
        self
    }

    /// The same order under another number, of a member or of a guest with the usual password.
    pub(crate) async fn put_order(&self, order_no: &'static str, member_no: Option<&'static str>) {
        let hash = member_no.is_none().then(|| Hasher::default().hash(PASSWORD).unwrap());
        let inserted = self
            .write(move |conn| {
                Ok(diesel::sql_query(
                    "INSERT INTO ord_base (ord_no, site_no, mbr_no, ord_man_nm, cell_sct_no, cell_txno_no, \
                     cell_end_no, email_addr, ord_pwd_hash, ord_media_cd, ord_dtm, ord_terms, ord_dgst, mask_yn, \
                     pur_amt, open_yn, reg_dtm) VALUES ($1, '2', $2, '김비회', '010', '9876', '5432', \
                     'guest@example.com', $3, '20', '2026-08-02 01:00:00', '{}', 'digest', 'N', 1000, 'Y', \
                     '2026-08-02 01:00:00')",
                )
                .bind::<Text, _>(order_no)
                .bind::<Nullable<Text>, _>(member_no)
                .bind::<Nullable<Text>, _>(&hash)
                .execute(conn)?)
            })
            .await;
        assert_eq!(inserted, 1);
    }

    /// Asks for a new password.
    pub(crate) async fn ask_password(&self, claimed: &Value) -> TestAnswer {
        self.service.post("/v1/member/nonMbrOrdPwd", &anonymous(), claimed).await
    }

    pub(crate) async fn log_in(&self, order_no: &str, password: &str) -> TestAnswer {
        let body = json!({"ordNo": order_no, "ordPwd": password});
        self.service.post("/v1/member/nonMbrLogin", &anonymous(), &body).await
    }
}

/// What the guest knows about the order.
pub(crate) fn claimed(order_no: &str) -> Value {
    json!({"ordNo": order_no, "ordManNm": "김비회", "umemCellSctNo": "010", "umemCellTxnoNo": "9876",
           "umemCellEndNo": "5432"})
}

/// As [`claimed`], one field being something else.
pub(crate) fn claimed_with(field: &str, value: &str) -> Value {
    let mut body = claimed(ORDER_NO);
    body[field] = json!(value);
    body
}

/// The password in a line of the sink.
pub(crate) fn password_in(line: &Value) -> String {
    let body = line["body"].as_str().unwrap();
    let (_, rest) = body.split_once("임시 비밀번호는 ").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}
