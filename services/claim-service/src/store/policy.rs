//! 클레임정책: the versions an operator added.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::CostBearer;
use db::{DbConnection, each_backend};
use diesel::prelude::*;
use diesel::result::Error;

use crate::domain::policy::{BlameRules, Policy, RefundOrder, RefundRank, ReturnOutbound};
use crate::store::schema::claim_policy;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = claim_policy)]
struct Row {
    plcy_ver: i32,
    str_dtm: NaiveDateTime,
    cust_dc_jdg_yn: String,
    cust_gift_jdg_yn: String,
    cust_chrg_sub_cd: CostBearer,
    entr_dc_jdg_yn: String,
    entr_gift_jdg_yn: String,
    entr_chrg_sub_cd: CostBearer,
    rfd_ord: String,
    reg_dtm: NaiveDateTime,
    rtn_out_cd: String,
}

impl TryFrom<Row> for Policy {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            version: row.plcy_ver,
            in_force_from: row.str_dtm.and_utc(),
            customer: BlameRules {
                judges_discounts: row.cust_dc_jdg_yn == "Y",
                judges_gifts: row.cust_gift_jdg_yn == "Y",
                fee_bearer: row.cust_chrg_sub_cd,
            },
            vendor: BlameRules {
                judges_discounts: row.entr_dc_jdg_yn == "Y",
                judges_gifts: row.entr_gift_jdg_yn == "Y",
                fee_bearer: row.entr_chrg_sub_cd,
            },
            refund_order: refund_order(&row.rfd_ord)?,
            return_outbound: return_outbound(&row.rtn_out_cd)?,
        })
    }
}

/// Every version, by the instant it comes into force.
pub fn find_all(conn: &mut DbConnection) -> QueryResult<Vec<Policy>> {
    let rows: Vec<Row> = claim_policy::table
        .order((claim_policy::str_dtm, claim_policy::plcy_ver))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Policy::try_from).collect()
}

/// Keeps a version; `false` when its number is taken.
pub fn insert(conn: &mut DbConnection, policy: &Policy, now: DateTime<Utc>) -> QueryResult<bool> {
    let yn = |flag: bool| if flag { "Y" } else { "N" }.to_owned();
    let row = Row {
        plcy_ver: policy.version,
        str_dtm: policy.in_force_from.naive_utc(),
        cust_dc_jdg_yn: yn(policy.customer.judges_discounts),
        cust_gift_jdg_yn: yn(policy.customer.judges_gifts),
        cust_chrg_sub_cd: policy.customer.fee_bearer,
        entr_dc_jdg_yn: yn(policy.vendor.judges_discounts),
        entr_gift_jdg_yn: yn(policy.vendor.judges_gifts),
        entr_chrg_sub_cd: policy.vendor.fee_bearer,
        rfd_ord: policy.refund_order.ranks().map(name_of).join(","),
        reg_dtm: now.naive_utc(),
        rtn_out_cd: policy.return_outbound.code().to_owned(),
    };
    let inserted = each_backend!(conn, |inner| {
        diesel::insert_into(claim_policy::table).values(&row).on_conflict_do_nothing().execute(inner)
    })?;
    Ok(inserted == 1)
}

const fn name_of(rank: RefundRank) -> &'static str {
    match rank {
        RefundRank::OrderPayments => "ORDER",
        RefundRank::AdditionalPayments => "ADDITIONAL",
        RefundRank::Deposit => "DEPOSIT",
        RefundRank::Mileage => "MILEAGE",
    }
}

fn refund_order(text: &str) -> QueryResult<RefundOrder> {
    let rank = |name: &str| RefundOrder::CONTRACT.ranks().into_iter().find(|rank| name_of(*rank) == name);
    let ranks: Option<Vec<RefundRank>> = text.split(',').map(rank).collect();
    let order = ranks.and_then(|ranks| RefundOrder::new(ranks.try_into().ok()?).ok());
    order.ok_or_else(|| Error::DeserializationError(format!("`{text}` is no refund order").into()))
}

fn return_outbound(code: &str) -> QueryResult<ReturnOutbound> {
    let known = ReturnOutbound::from_code(code);
    known.ok_or_else(|| Error::DeserializationError(format!("`{code}` says nothing of returns").into()))
}
