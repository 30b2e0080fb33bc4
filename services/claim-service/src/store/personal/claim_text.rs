//! 클레임 자유입력: what customers and agents wrote to claims.

use commerce::{ClaimNo, ItemNo};
use db::DbConnection;
use diesel::prelude::*;

use crate::store::schema::{claim, claim_rtn, claim_rtn_goods};

/// Where in a claim a text stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextPlace {
    /// 상세사유
    Reason,
    /// 반려사유
    Rejection,
    /// 회수완료 대기처리 사유
    HoldCause,
    /// 반려사유 of units of a line.
    GoodsRejection(i32, ItemNo),
}

/// One text of a claim.
pub struct ClaimText {
    pub claim_no: ClaimNo,
    pub place: TextPlace,
    pub text: String,
}

/// All texts of these claims. Who changes one holds the claims locked.
pub fn find(conn: &mut DbConnection, claim_nos: &[ClaimNo]) -> QueryResult<Vec<ClaimText>> {
    let numbers: Vec<&str> = claim_nos.iter().map(ClaimNo::as_str).collect();
    let reasons: Vec<(ClaimNo, String)> = claim::table
        .filter(claim::claim_no.eq_any(&numbers))
        .filter(claim::claim_rsn_cntt.is_not_null())
        .order(claim::claim_no)
        .select((claim::claim_no, claim::claim_rsn_cntt.assume_not_null()))
        .load(conn)?;
    let of_collections: Vec<(ClaimNo, Option<String>, Option<String>)> = claim_rtn::table
        .filter(claim_rtn::claim_no.eq_any(&numbers))
        .order(claim_rtn::claim_no)
        .select((claim_rtn::claim_no, claim_rtn::rjt_rsn_cntt, claim_rtn::wthd_wait_caus))
        .load(conn)?;
    let of_goods: Vec<(ClaimNo, i32, ItemNo, String)> = claim_rtn_goods::table
        .filter(claim_rtn_goods::claim_no.eq_any(&numbers))
        .filter(claim_rtn_goods::rjt_rsn_cntt.is_not_null())
        .order((claim_rtn_goods::claim_no, claim_rtn_goods::ord_seq, claim_rtn_goods::itm_no))
        .select((
            claim_rtn_goods::claim_no,
            claim_rtn_goods::ord_seq,
            claim_rtn_goods::itm_no,
            claim_rtn_goods::rjt_rsn_cntt.assume_not_null(),
        ))
        .load(conn)?;
    let mut texts: Vec<ClaimText> = reasons
        .into_iter()
        .map(|(claim_no, text)| ClaimText { claim_no, place: TextPlace::Reason, text })
        .collect();
    for (claim_no, rejection, cause) in of_collections {
        let text = |place, text| ClaimText { claim_no: claim_no.clone(), place, text };
        texts.extend(rejection.map(|rejection| text(TextPlace::Rejection, rejection)));
        texts.extend(cause.map(|cause| text(TextPlace::HoldCause, cause)));
    }
    texts.extend(of_goods.into_iter().map(|(claim_no, line_seq, item_no, text)| ClaimText {
        claim_no,
        place: TextPlace::GoodsRejection(line_seq, item_no),
        text,
    }));
    Ok(texts)
}

/// Writes another text in the place of one.
pub fn update(
    conn: &mut DbConnection,
    claim_no: &ClaimNo,
    place: &TextPlace,
    text: &str,
) -> QueryResult<usize> {
    let no = claim_no.as_str();
    match place {
        TextPlace::Reason => {
            diesel::update(claim::table.find(no)).set(claim::claim_rsn_cntt.eq(text)).execute(conn)
        }
        TextPlace::Rejection => {
            diesel::update(claim_rtn::table.find(no)).set(claim_rtn::rjt_rsn_cntt.eq(text)).execute(conn)
        }
        TextPlace::HoldCause => {
            diesel::update(claim_rtn::table.find(no)).set(claim_rtn::wthd_wait_caus.eq(text)).execute(conn)
        }
        TextPlace::GoodsRejection(line_seq, item_no) => {
            diesel::update(claim_rtn_goods::table.find((no, *line_seq, item_no.as_str())))
                .set(claim_rtn_goods::rjt_rsn_cntt.eq(text))
                .execute(conn)
        }
    }
}
