//! 클레임 목록: claims of every kind, newest first.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use commerce::{
    Blame, ClaimNo, ClaimReason, ClaimStatus, ClaimType, EndReason, MemberNo, OrderNo, ReturnProgress, Won,
};
use db::{DbBackend, DbConnection};
use diesel::dsl::{count_star, exists, min, not};
use diesel::prelude::*;
use serde::Deserialize;

use crate::domain::claim_list::{
    AWAITING_REFUND, ClaimFilter, ListedClaim, ListedCollection, ListedGoods, OpenFilter, Owner,
};
use crate::store::claim::open::is_open;
use crate::store::from_text;
use crate::store::schema::{claim, claim_line, claim_opt, claim_rtn, claim_rtn_goods};

/// Of a query that selects something from claims, those that are asked for. Its type nobody can write down.
macro_rules! narrowed {
    ($select:expr, $filter:expr, $today:expr) => {{
        let filter: &ClaimFilter = $filter;
        let mut query = claim::table.left_join(claim_rtn::table).select($select).into_boxed::<DbBackend>();
        match &filter.owner {
            Owner::Anybody => {}
            Owner::Member { number, site_no } => {
                query = query.filter(claim::mbr_no.eq(number));
                if let Some(site_no) = site_no {
                    query = query.filter(claim::site_no.eq(site_no));
                }
            }
            Owner::Guest { order_no, site_no } => {
                query = query
                    .filter(claim::ord_no.eq(order_no.as_str()))
                    .filter(claim::mbr_no.is_null())
                    .filter(claim::site_no.eq(site_no));
            }
        }
        if let Some(from) = filter.period.begin() {
            query = query.filter(claim::req_dtm.ge(from.naive_utc()));
        }
        if let Some(until) = filter.period.end() {
            query = query.filter(claim::req_dtm.lt(until.naive_utc()));
        }
        if let Some(claim_type) = filter.claim_type {
            query = query.filter(claim::claim_business_type.eq(claim_type));
        }
        if let Some(status) = filter.status {
            query = query.filter(claim::claim_stat_cd.eq(status));
        }
        if let Some(progress) = filter.progress {
            query = query.filter(claim_rtn::ord_dtl_stat_cd.eq(progress));
        }
        if let Some(reason) = filter.reason {
            query = query.filter(claim::claim_rsn_cd.eq(reason));
        }
        if let Some(blame) = filter.blame {
            // A return's or an exchange's own, and of other claims that of their reason.
            let reasons = ClaimReason::ALL.iter().copied().filter(|reason| reason.blame() == blame);
            let of_reason = claim_rtn::claim_no.is_null().and(claim::claim_rsn_cd.eq_any(reasons));
            query = query.filter(claim_rtn::impt_div_cd.eq(blame).or(of_reason.assume_not_null()));
        }
        if let Some(needs_attention) = filter.needs_attention {
            let open = OpenFilter { step: None, needs_attention: Some(true) };
            query = query.filter(is_open(open, needs_attention));
        }
        if let Some(open) = filter.open {
            query = query.filter(is_open(open, true));
        }
        if let Some(order_no) = &filter.order_no {
            query = query.filter(claim::ord_no.eq(order_no.as_str()));
        }
        if let Some(vendor_no) = &filter.vendor_no {
            let of_vendor = claim_line::table
                .filter(claim_line::claim_no.eq(claim::claim_no))
                .filter(claim_line::entr_no.eq(vendor_no.as_str()));
            query = query.filter(claim_rtn::entr_no.eq(vendor_no.as_str()).or(exists(of_vendor)));
        }
        match filter.is_late {
            None => query,
            Some(true) => query
                .filter(claim_rtn::ord_dtl_stat_cd.eq_any(AWAITING_REFUND))
                .filter(claim_rtn::rfd_due_dt.lt($today)),
            // What is in no state, or has no day, is never late.
            Some(false) => query.filter(
                claim_rtn::rfd_due_dt
                    .is_null()
                    .or(not(claim_rtn::ord_dtl_stat_cd.eq_any(AWAITING_REFUND)))
                    .or(claim_rtn::rfd_due_dt.assume_not_null().ge($today)),
            ),
        }
    }};
}

macro_rules! counted {
    ($filter:expr, $today:expr) => {
        narrowed!(count_star(), $filter, $today)
    };
}

macro_rules! page {
    ($filter:expr, $today:expr, $limit:expr, $offset:expr) => {{
        let query = narrowed!(
            (
                claim::claim_no,
                claim::ord_no,
                claim::mbr_no,
                claim::claim_business_type,
                claim::claim_stat_cd,
                claim::claim_rsn_cd,
                claim::req_dtm,
                claim::cmpl_dtm,
                (
                    claim_rtn::ord_dtl_stat_cd,
                    claim_rtn::end_rsn_cd,
                    claim_rtn::impt_div_cd,
                    claim_rtn::entr_no,
                    claim_rtn::wthd_fnsh_dtm,
                    claim_rtn::rfd_due_dt,
                )
                    .nullable(),
            ),
            $filter,
            $today
        );
        let query = if $filter.is_oldest_first {
            query.order((claim::req_dtm.asc(), claim::claim_no.asc()))
        } else {
            query.order((claim::req_dtm.desc(), claim::claim_no.desc()))
        };
        query.limit($limit).offset($offset)
    }};
}

// After the macros, which only what follows them can see.
#[cfg(test)]
mod plan;

/// How many there are.
pub fn count(conn: &mut DbConnection, filter: &ClaimFilter, today: NaiveDate) -> QueryResult<i64> {
    counted!(filter, today).first(conn)
}

/// A page of them. Names of goods are not kept here.
pub fn find(
    conn: &mut DbConnection,
    filter: &ClaimFilter,
    today: NaiveDate,
    (limit, offset): (i64, i64),
) -> QueryResult<Vec<ListedClaim>> {
    let rows: Vec<Row> = page!(filter, today, limit, offset).load(conn)?;
    let numbers: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    let mut amounts = amounts(conn, &numbers)?;
    let mut goods = goods(conn, &numbers)?;
    Ok(rows
        .iter()
        .cloned()
        .map(|row| listed(row, |no| (amounts.remove(no), goods.remove(no).unwrap_or_default())))
        .collect())
}

type CollectionRow =
    (ReturnProgress, Option<EndReason>, Blame, String, Option<NaiveDateTime>, Option<NaiveDate>);

type Row = (
    ClaimNo,
    OrderNo,
    Option<MemberNo>,
    ClaimType,
    ClaimStatus,
    Option<ClaimReason>,
    NaiveDateTime,
    Option<NaiveDateTime>,
    Option<CollectionRow>,
);

fn listed(row: Row, more: impl FnOnce(&ClaimNo) -> (Option<Amounts>, ListedGoods)) -> ListedClaim {
    let (number, order_no, member_no, claim_type, status, reason, requested_at, completed_at, collection) =
        row;
    let (amounts, goods) = more(&number);
    ListedClaim {
        number,
        order_no,
        member_no,
        claim_type,
        status,
        reason,
        requested_at: requested_at.and_utc(),
        completed_at: completed_at.map(|at| at.and_utc()),
        refund: amounts.as_ref().map(|amounts| amounts.refund),
        additional_payment: amounts.and_then(|amounts| amounts.additional_payment),
        step: None,
        goods,
        collection: collection.map(|(progress, end_reason, blame, vendor_no, collected_at, refund_due)| {
            ListedCollection {
                progress,
                end_reason,
                blame,
                vendor_no,
                collected_at: collected_at.map(|at| at.and_utc()),
                refund_due,
            }
        }),
    }
}

/// Of a kept cost, what goes back and what it costs.
#[derive(Deserialize)]
struct Amounts {
    refund: Won,
    additional_payment: Option<Won>,
}

/// Of costs as they are final, and as they were shown before.
fn amounts(conn: &mut DbConnection, numbers: &[&str]) -> QueryResult<HashMap<ClaimNo, Amounts>> {
    let costs: Vec<(ClaimNo, Option<String>, Option<String>)> = claim::table
        .left_join(claim_rtn::table)
        .filter(claim::claim_no.eq_any(numbers))
        .select((claim::claim_no, claim::cost_doc, claim_rtn::req_cost_doc.nullable()))
        .load(conn)?;
    costs
        .into_iter()
        .filter_map(|(number, cost, shown)| Some((number, cost.or(shown)?)))
        .map(|(number, cost)| Ok((number, from_text(&cost)?)))
        .collect()
}

type Counted = (ClaimNo, i64, Option<i32>);

/// Rows of goods by claim, whatever table they stand in.
fn goods(conn: &mut DbConnection, numbers: &[&str]) -> QueryResult<HashMap<ClaimNo, ListedGoods>> {
    let lines: Vec<Counted> = claim_line::table
        .filter(claim_line::claim_no.eq_any(numbers))
        .group_by(claim_line::claim_no)
        .select((claim_line::claim_no, count_star(), min(claim_line::ord_seq)))
        .load(conn)?;
    let collected: Vec<Counted> = claim_rtn_goods::table
        .filter(claim_rtn_goods::claim_no.eq_any(numbers))
        .group_by(claim_rtn_goods::claim_no)
        .select((claim_rtn_goods::claim_no, count_star(), min(claim_rtn_goods::ord_seq)))
        .load(conn)?;
    let changed: Vec<(ClaimNo, i32)> = claim_opt::table
        .filter(claim_opt::claim_no.eq_any(numbers))
        .select((claim_opt::claim_no, claim_opt::ord_seq))
        .load(conn)?;
    let changed = changed.into_iter().map(|(number, line_seq)| (number, 1, Some(line_seq)));
    let first_lines: Vec<i32> = lines.iter().filter_map(|(_, _, first)| *first).collect();
    let sellers: Vec<(ClaimNo, i32, Option<String>)> = claim_line::table
        .filter(claim_line::claim_no.eq_any(numbers))
        .filter(claim_line::ord_seq.eq_any(first_lines))
        .select((claim_line::claim_no, claim_line::ord_seq, claim_line::entr_no))
        .load(conn)?;
    let counted = lines.into_iter().chain(collected).chain(changed);
    let mut goods: HashMap<ClaimNo, ListedGoods> = counted
        .map(|(number, rows, first_line)| {
            (number, ListedGoods { rows, first_line, ..ListedGoods::default() })
        })
        .collect();
    for (number, line_seq, vendor_no) in sellers {
        if let Some(one) = goods.get_mut(&number).filter(|one| one.first_line == Some(line_seq)) {
            one.vendor_no = vendor_no;
        }
    }
    Ok(goods)
}
