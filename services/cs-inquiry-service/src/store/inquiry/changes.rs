//! Changes of one inquiry, each a compare-and-set: what was decided on must still be so, or nothing is changed.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{GoodsNo, MemberNo};
use db::{DbConnection, for_update};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamp};

use super::row::Columns;
use crate::domain::inquiry::{Answer, InquiryId, InquiryText};
use crate::domain::masking;
use crate::store::schema::counsel;

/// 수정: only in 10.
pub fn update_text(
    conn: &mut DbConnection,
    id: InquiryId,
    text: &InquiryText,
    file_count: i32,
    changed_at: DateTime<Utc>,
) -> QueryResult<bool> {
    let columns = Columns::of(text);
    let updated = UpdateText {
        id: id.0,
        type_id: text.type_id,
        title: columns.title,
        title_fold: &columns.title_fold,
        content: columns.content,
        order_no: columns.order_no,
        order_line: columns.order_line,
        goods_no: columns.goods_no,
        item_no: columns.item_no,
        goods_name: columns.goods_name,
        sms: columns.sms,
        phone_first: columns.phone_first,
        phone_middle: columns.phone_middle,
        phone_last: columns.phone_last,
        email: columns.email,
        name: columns.name,
        file_count,
        changed_at: changed_at.naive_utc(),
    }
    .execute(conn)?;
    Ok(updated == 1)
}

/// 삭제: only in 10. Texts, numbers and addresses are gone at once; the husk keeps whose number it was.
pub fn update_deleted(conn: &mut DbConnection, id: InquiryId, now: DateTime<Utc>) -> QueryResult<bool> {
    Ok(UpdateDeleted { id: id.0, now: now.naive_utc() }.execute(conn)? == 1)
}

/// 처리 시작: 10 → 20, of the text the agent decided on.
pub fn update_started(
    conn: &mut DbConnection,
    id: InquiryId,
    agent: &str,
    changed_at: DateTime<Utc>,
) -> QueryResult<bool> {
    Ok(UpdateStarted { id: id.0, agent, changed_at: changed_at.naive_utc() }.execute(conn)? == 1)
}

/// 처리 해제: 20 → 10.
pub fn update_released(conn: &mut DbConnection, id: InquiryId) -> QueryResult<bool> {
    Ok(UpdateReleased { id: id.0 }.execute(conn)? == 1)
}

/// 배정: another owner in 20.
pub fn update_agent(conn: &mut DbConnection, id: InquiryId, agent: &str) -> QueryResult<bool> {
    Ok(UpdateAgent { id: id.0, agent }.execute(conn)? == 1)
}

/// 답변: 20 → 30.
pub fn update_answered(
    conn: &mut DbConnection,
    id: InquiryId,
    answer: &Answer,
    template_id: Option<i64>,
) -> QueryResult<bool> {
    let updated = UpdateAnswered {
        id: id.0,
        text: &answer.text,
        at: answer.at.naive_utc(),
        by: &answer.by,
        template_id,
    }
    .execute(conn)?;
    Ok(updated == 1)
}

/// Fills the name of goods in that was not known when the inquiry was written.
pub fn update_goods_name(
    conn: &mut DbConnection,
    id: InquiryId,
    goods_no: &GoodsNo,
    name: &str,
) -> QueryResult<bool> {
    Ok(UpdateGoodsName { id: id.0, goods_no: goods_no.as_str(), name }.execute(conn)? == 1)
}

/// Masks phone, e-mail and name of all of a member's inquiries. A second time changes nothing.
///
/// Whoever locks several inquiries locks them in the order of their numbers, so that nobody waits crosswise.
pub fn mask_of_member(conn: &mut DbConnection, member_no: &MemberNo) -> QueryResult<usize> {
    let of_member = counsel::table
        .filter(counsel::mbr_no.eq(member_no))
        .filter(counsel::del_dtm.is_null())
        .order(counsel::ccn_no)
        .select((counsel::ccn_no, counsel::inqmn_nm));
    let names: Vec<(i64, Option<String>)> = for_update!(conn, of_member, |query, inner| query.load(inner))?;
    for (id, name) in names {
        let Some(name) = name else { continue };
        MaskName { id, name: &masking::name(&name) }.execute(conn)?;
    }
    MaskContact { stars: masking::STARS, member_no: member_no.as_str() }.execute(conn)
}

db::statement! {
    struct UpdateText<'a> {
        id: i64 = BigInt,
        type_id: i64 = BigInt,
        title: &'a str = Text,
        title_fold: &'a str = Text,
        content: &'a str = Text,
        order_no: Option<&'a str> = Nullable<Text>,
        order_line: Option<i32> = Nullable<Integer>,
        goods_no: Option<&'a str> = Nullable<Text>,
        item_no: Option<&'a str> = Nullable<Text>,
        goods_name: Option<&'a str> = Nullable<Text>,
        sms: &'a str = Text,
        phone_first: Option<&'a str> = Nullable<Text>,
        phone_middle: Option<&'a str> = Nullable<Text>,
        phone_last: Option<&'a str> = Nullable<Text>,
        email: Option<&'a str> = Nullable<Text>,
        name: Option<&'a str> = Nullable<Text>,
        file_count: i32 = Integer,
        changed_at: NaiveDateTime = Timestamp,
    }
    sql {
        "UPDATE counsel SET cnsl_typ_no = " {type_id} ", title = " {title} ", title_fold = " {title_fold}
        ", accp_cont = " {content} ", ord_no = " {order_no} ", ord_seq = " {order_line} ", goods_no = " {goods_no}
        ", itm_no = " {item_no} ", goods_nm = " {goods_name} ", sms_noti_yn = " {sms}
        ", cell_sct_no = " {phone_first} ", cell_txno_no = " {phone_middle} ", cell_end_no = " {phone_last}
        ", email_addr = " {email} ", inqmn_nm = " {name} ", file_cnt = " {file_count} ", mod_dtm = " {changed_at}
        " WHERE ccn_no = " {id} " AND cnsl_stat_cd = '10' AND del_dtm IS NULL"
    }
}

db::statement! {
    struct UpdateDeleted {
        id: i64 = BigInt,
        now: NaiveDateTime = Timestamp,
    }
    sql {
        "UPDATE counsel SET del_dtm = " {now} ", title = '', title_fold = '', accp_cont = '', goods_nm = NULL, \
         cell_sct_no = NULL, cell_txno_no = NULL, cell_end_no = NULL, email_addr = NULL, inqmn_nm = NULL, \
         file_cnt = 0 WHERE ccn_no = " {id} " AND cnsl_stat_cd = '10' AND del_dtm IS NULL"
    }
}

db::statement! {
    struct UpdateStarted<'a> {
        id: i64 = BigInt,
        agent: &'a str = Text,
        changed_at: NaiveDateTime = Timestamp,
    }
    sql {
        "UPDATE counsel SET cnsl_stat_cd = '20', proc_user_id = " {agent} " WHERE ccn_no = " {id}
        " AND cnsl_stat_cd = '10' AND del_dtm IS NULL AND mod_dtm = " {changed_at}
    }
}

db::statement! {
    struct UpdateReleased {
        id: i64 = BigInt,
    }
    sql {
        "UPDATE counsel SET cnsl_stat_cd = '10', proc_user_id = NULL WHERE ccn_no = " {id}
        " AND cnsl_stat_cd = '20'"
    }
}

db::statement! {
    struct UpdateAgent<'a> {
        id: i64 = BigInt,
        agent: &'a str = Text,
    }
    sql { "UPDATE counsel SET proc_user_id = " {agent} " WHERE ccn_no = " {id} " AND cnsl_stat_cd = '20'" }
}

db::statement! {
    struct UpdateAnswered<'a> {
        id: i64 = BigInt,
        text: &'a str = Text,
        at: NaiveDateTime = Timestamp,
        by: &'a str = Text,
        template_id: Option<i64> = Nullable<BigInt>,
    }
    sql {
        "UPDATE counsel SET cnsl_stat_cd = '30', ans_cont = " {text} ", ans_dtm = " {at} ", ans_user_id = " {by}
        ", tmpl_no = " {template_id} " WHERE ccn_no = " {id} " AND cnsl_stat_cd = '20'"
    }
}

db::statement! {
    struct UpdateGoodsName<'a> {
        id: i64 = BigInt,
        goods_no: &'a str = Text,
        name: &'a str = Text,
    }
    sql {
        "UPDATE counsel SET goods_nm = " {name} " WHERE ccn_no = " {id} " AND goods_no = " {goods_no}
        " AND goods_nm IS NULL AND del_dtm IS NULL"
    }
}

db::statement! {
    struct MaskName<'a> {
        id: i64 = BigInt,
        name: &'a str = Text,
    }
    sql { "UPDATE counsel SET inqmn_nm = " {name} " WHERE ccn_no = " {id} }
}

db::statement! {
    struct MaskContact<'a> {
        stars: &'a str = Text,
        member_no: &'a str = Text,
    }
    sql {
        "UPDATE counsel SET cell_txno_no = CASE WHEN cell_txno_no IS NULL THEN NULL ELSE " {stars} " END"
        ", cell_end_no = CASE WHEN cell_end_no IS NULL THEN NULL ELSE " {stars} " END"
        ", email_addr = CASE WHEN email_addr IS NULL THEN NULL ELSE " {stars} " END"
        " WHERE mbr_no = " {member_no} " AND del_dtm IS NULL"
    }
}
