//! An inquiry as a row, both ways.

use chrono::NaiveDateTime;
use commerce::{GoodsNo, InquiryStatus, ItemNo, MemberNo, OrderNo, SiteNo, Yn};
use diesel::prelude::*;

use crate::domain::inquiry::{
    AboutGoods, AboutOrder, Answer, Contact, Inquiry, InquiryId, InquiryText, Phone,
};
use crate::domain::title_search::title_fold;
use crate::store::schema::counsel;

#[derive(Queryable, Selectable)]
#[diesel(table_name = counsel)]
pub(super) struct InquiryRow {
    ccn_no: i64,
    site_no: SiteNo,
    mbr_no: MemberNo,
    cnsl_typ_no: i64,
    title: String,
    accp_cont: String,
    ord_no: Option<OrderNo>,
    ord_seq: Option<i32>,
    goods_no: Option<GoodsNo>,
    itm_no: Option<ItemNo>,
    goods_nm: Option<String>,
    sms_noti_yn: Yn,
    cell_sct_no: Option<String>,
    cell_txno_no: Option<String>,
    cell_end_no: Option<String>,
    email_addr: Option<String>,
    inqmn_nm: Option<String>,
    cnsl_stat_cd: InquiryStatus,
    proc_user_id: Option<String>,
    accp_dtm: NaiveDateTime,
    mod_dtm: NaiveDateTime,
    file_cnt: i32,
    ans_cont: Option<String>,
    ans_dtm: Option<NaiveDateTime>,
    ans_user_id: Option<String>,
    ans_fill_yn: Option<Yn>,
    del_dtm: Option<NaiveDateTime>,
}

impl From<InquiryRow> for Inquiry {
    fn from(row: InquiryRow) -> Self {
        let line = row.ord_seq;
        let has_variables = row.ans_fill_yn.is_some_and(Yn::is_yes);
        let answer = row.ans_cont.zip(row.ans_dtm).zip(row.ans_user_id);
        Self {
            id: InquiryId(row.ccn_no),
            site_no: row.site_no,
            member_no: row.mbr_no,
            text: InquiryText {
                type_id: row.cnsl_typ_no,
                title: row.title,
                content: row.accp_cont,
                order: row.ord_no.map(|order_no| AboutOrder { order_no, line }),
                goods: row.goods_no.map(|goods_no| AboutGoods {
                    goods_no,
                    item_no: row.itm_no,
                    name: row.goods_nm,
                }),
                contact: Contact {
                    name: row.inqmn_nm,
                    phone: Phone { first: row.cell_sct_no, middle: row.cell_txno_no, last: row.cell_end_no },
                    email: row.email_addr,
                    wants_sms: row.sms_noti_yn.is_yes(),
                },
            },
            status: row.cnsl_stat_cd,
            agent: row.proc_user_id,
            accepted_at: row.accp_dtm.and_utc(),
            changed_at: row.mod_dtm.and_utc(),
            file_count: row.file_cnt,
            answer: answer.map(|((text, at), by)| Answer { text, has_variables, at: at.and_utc(), by }),
            is_deleted: row.del_dtm.is_some(),
        }
    }
}

/// The columns that the member's text fills.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = counsel, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct TextColumns<'a> {
    cnsl_typ_no: i64,
    title: &'a str,
    title_fold: String,
    accp_cont: &'a str,
    ord_no: Option<&'a OrderNo>,
    ord_seq: Option<i32>,
    goods_no: Option<&'a GoodsNo>,
    itm_no: Option<&'a ItemNo>,
    goods_nm: Option<&'a str>,
    sms_noti_yn: Yn,
    cell_sct_no: Option<&'a str>,
    cell_txno_no: Option<&'a str>,
    cell_end_no: Option<&'a str>,
    email_addr: Option<&'a str>,
    inqmn_nm: Option<&'a str>,
}

impl<'a> TextColumns<'a> {
    pub(super) fn of(text: &'a InquiryText) -> Self {
        let (order, goods, contact) = (text.order.as_ref(), text.goods.as_ref(), &text.contact);
        Self {
            cnsl_typ_no: text.type_id,
            title: &text.title,
            title_fold: title_fold(&text.title),
            accp_cont: &text.content,
            ord_no: order.map(|order| &order.order_no),
            ord_seq: order.and_then(|order| order.line),
            goods_no: goods.map(|goods| &goods.goods_no),
            itm_no: goods.and_then(|goods| goods.item_no.as_ref()),
            goods_nm: goods.and_then(|goods| goods.name.as_deref()),
            sms_noti_yn: contact.wants_sms.into(),
            cell_sct_no: contact.phone.first.as_deref(),
            cell_txno_no: contact.phone.middle.as_deref(),
            cell_end_no: contact.phone.last.as_deref(),
            email_addr: contact.email.as_deref(),
            inqmn_nm: contact.name.as_deref(),
        }
    }
}
