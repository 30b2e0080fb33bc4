//! 적립 로트

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::{MemberNo, MileageReason, OrderNo, PromotionNo, SiteNo, Won};
use db::DbConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use crate::domain::burden::Burden;
use crate::domain::mileage_ledger::{Account, Lot};
use crate::store::columns::{expiry, expiry_of, time};
use crate::store::schema::mlg_lot;

#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mlg_lot, treat_none_as_default_value = false)]
struct LotRow {
    lot_no: String,
    mbr_no: MemberNo,
    site_no: SiteNo,
    rsn_cd: MileageReason,
    promo_no: Option<PromotionNo>,
    ord_no: OrderNo,
    our_chrg_rate: i32,
    entr_chrg_rate: i32,
    earn_amt: Won,
    left_amt: Won,
    earn_dtm: NaiveDateTime,
    expire_dtm: NaiveDateTime,
}

impl From<LotRow> for Lot {
    fn from(row: LotRow) -> Self {
        Self {
            no: row.lot_no,
            reason: row.rsn_cd,
            promotion_no: row.promo_no,
            order_no: row.ord_no,
            burden: Burden::of_order(Some(row.our_chrg_rate), Some(row.entr_chrg_rate)),
            earned: row.earn_amt,
            left: row.left_amt,
            earned_at: row.earn_dtm.and_utc(),
            expires_at: expiry_of(row.expire_dtm),
        }
    }
}

pub fn insert(conn: &mut DbConnection, account: &Account, lot: &Lot) -> QueryResult<()> {
    diesel::insert_into(mlg_lot::table)
        .values(LotRow {
            lot_no: lot.no.clone(),
            mbr_no: account.member_no.clone(),
            site_no: account.site_no.clone(),
            rsn_cd: lot.reason,
            promo_no: lot.promotion_no.clone(),
            ord_no: lot.order_no.clone(),
            our_chrg_rate: lot.burden.our_rate(),
            entr_chrg_rate: lot.burden.vendor_rate(),
            earn_amt: lot.earned,
            left_amt: lot.left,
            earn_dtm: time(lot.earned_at),
            expire_dtm: expiry(lot.expires_at),
        })
        .execute(conn)?;
    Ok(())
}

pub fn update_left(conn: &mut DbConnection, lot_no: &str, left: Won) -> QueryResult<()> {
    diesel::update(mlg_lot::table.find(lot_no)).set(mlg_lot::left_amt.eq(left)).execute(conn)?;
    Ok(())
}

pub fn find(conn: &mut DbConnection, lot_no: &str) -> QueryResult<Lot> {
    mlg_lot::table.find(lot_no).select(LotRow::as_select()).first(conn).map(Lot::from)
}

/// The lot that one entry of an order earned.
pub fn find_of_entry(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    reason: MileageReason,
    promotion_no: &PromotionNo,
) -> QueryResult<Option<Lot>> {
    let row: Option<LotRow> = mlg_lot::table
        .filter(mlg_lot::ord_no.eq(order_no))
        .filter(mlg_lot::rsn_cd.eq(reason))
        .filter(mlg_lot::promo_no.eq(promotion_no))
        .select(LotRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Lot::from))
}

/// Lots with something left that are good at that time, the first to expire first.
pub fn find_spendable(
    conn: &mut DbConnection,
    account: &Account,
    at: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<Lot>> {
    let rows: Vec<LotRow> = of_account(account)
        .filter(mlg_lot::expire_dtm.gt(time(at)))
        .order((mlg_lot::expire_dtm, mlg_lot::earn_dtm, mlg_lot::lot_no))
        .limit(limit)
        .select(LotRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Lot::from).collect())
}

/// Lots of an account with something left that are past their time.
pub fn find_expired(conn: &mut DbConnection, account: &Account, now: DateTime<Utc>) -> QueryResult<Vec<Lot>> {
    let rows: Vec<LotRow> = of_account(account)
        .filter(mlg_lot::expire_dtm.le(time(now)))
        .order((mlg_lot::expire_dtm, mlg_lot::earn_dtm, mlg_lot::lot_no))
        .select(LotRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Lot::from).collect())
}

#[diesel::dsl::auto_type]
fn of_account<'a>(account: &'a Account) -> _ {
    let member_no: &'a MemberNo = &account.member_no;
    let site_no: &'a SiteNo = &account.site_no;
    mlg_lot::table
        .filter(mlg_lot::mbr_no.eq(member_no))
        .filter(mlg_lot::site_no.eq(site_no))
        .filter(mlg_lot::left_amt.gt(0_i64))
}

/// What is left of an account's lots that are good at that time.
pub fn sum_good(conn: &mut DbConnection, account: &Account, at: DateTime<Utc>) -> QueryResult<Won> {
    let (member_no, site_no) = (account.member_no.as_str(), account.site_no.as_str());
    let sums = SumGood { member_no, site_no, at: time(at) }.load::<(i64,)>(conn)?;
    Ok(sums.first().map_or(Won::ZERO, |(sum,)| Won::new(*sum)))
}

db::statement! {
    struct SumGood<'a> {
        member_no: &'a str = Text,
        site_no: &'a str = Text,
        at: NaiveDateTime = Timestamp,
    } -> (BigInt)
    sql {
        // A sum is no BIGINT on PostgreSQL unless it is told so, and diesel casts none.
        "SELECT CAST(COALESCE(SUM(left_amt), 0) AS BIGINT) FROM mlg_lot"
        " WHERE mbr_no = " {member_no} " AND site_no = " {site_no} " AND left_amt > 0 AND expire_dtm > " {at}
    }
}

/// Accounts of which something can lapse: they have a lot past its time, and more than their lots that are still good.
pub fn find_accounts_with_expired(
    conn: &mut DbConnection,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<Account>> {
    let rows = FindAccountsWithExpired { now: time(now), limit }.load::<(String, String)>(conn)?;
    rows.into_iter()
        .map(|(member_no, site_no)| {
            let unreadable = |error: commerce::numbers::Malformed| {
                diesel::result::Error::DeserializationError(Box::new(error))
            };
            Ok(Account {
                member_no: MemberNo::parse(&member_no).map_err(unreadable)?,
                site_no: SiteNo::parse(&site_no).map_err(unreadable)?,
            })
        })
        .collect()
}

// diesel's sum of amounts is a NUMERIC, with which it compares no balance.
db::statement! {
    struct FindAccountsWithExpired {
        now: NaiveDateTime = Timestamp,
        limit: i64 = BigInt,
    } -> (Text, Text)
    sql {
        "SELECT DISTINCT acct.mbr_no, acct.site_no FROM mlg_lot lot JOIN mlg_acct acct"
        " ON acct.mbr_no = lot.mbr_no AND acct.site_no = lot.site_no"
        " WHERE lot.left_amt > 0 AND lot.expire_dtm <= " {now} " AND acct.balance > (SELECT COALESCE(SUM(good.left_amt), 0)"
        " FROM mlg_lot good WHERE good.mbr_no = acct.mbr_no AND good.site_no = acct.site_no"
        " AND good.left_amt > 0 AND good.expire_dtm > " {now} ")"
        " ORDER BY acct.mbr_no, acct.site_no LIMIT " {limit}
    }
}
