//! Accounts and units as they stand in the table: a word, and after a colon what it is of.

use commerce::CostBearer;
use diesel::QueryResult;
use diesel::result::Error;

use crate::domain::money::ledger::{Account, Unit};

pub(super) fn of_account(account: &Account) -> String {
    match account {
        Account::Sales => "SALES".to_owned(),
        Account::Discounts => "DISCOUNTS".to_owned(),
        Account::DiscountsTakenBack => "DISCOUNTS_TAKEN_BACK".to_owned(),
        Account::DeliveryFees(group_no) => format!("DELIVERY_FEES:{group_no}"),
        Account::ReturnFees(group_no) => format!("RETURN_FEES:{group_no}"),
        Account::ExchangeFees(group_no) => format!("EXCHANGE_FEES:{group_no}"),
        Account::GiftsKept => "GIFTS_KEPT".to_owned(),
        Account::Waived => "WAIVED".to_owned(),
        Account::BorneBy(bearer) => format!("BORNE_BY:{bearer}"),
        Account::OwedToCustomer => "OWED_TO_CUSTOMER".to_owned(),
        Account::Receivable => "RECEIVABLE".to_owned(),
        Account::Refunded(payment_no) => format!("REFUNDED:{payment_no}"),
        Account::PaidForClaim => "PAID_FOR_CLAIM".to_owned(),
        Account::HeldForClaim => "HELD_FOR_CLAIM".to_owned(),
        Account::MemberPoints => "MEMBER_POINTS".to_owned(),
        Account::PointsUsed => "POINTS_USED".to_owned(),
        Account::PointsEarned => "POINTS_EARNED".to_owned(),
        Account::CouponsUsed => "COUPONS_USED".to_owned(),
        Account::MemberCoupons => "MEMBER_COUPONS".to_owned(),
        Account::CouponsLapsed => "COUPONS_LAPSED".to_owned(),
        Account::StockSold => "STOCK_SOLD".to_owned(),
        Account::StockOnHand => "STOCK_ON_HAND".to_owned(),
    }
}

pub(super) fn account(name: &str) -> QueryResult<Account> {
    let (word, of) = name.split_once(':').unwrap_or((name, ""));
    let account = match word {
        "SALES" => Some(Account::Sales),
        "DISCOUNTS" => Some(Account::Discounts),
        "DISCOUNTS_TAKEN_BACK" => Some(Account::DiscountsTakenBack),
        "DELIVERY_FEES" => of.parse().ok().map(Account::DeliveryFees),
        "RETURN_FEES" => of.parse().ok().map(Account::ReturnFees),
        "EXCHANGE_FEES" => of.parse().ok().map(Account::ExchangeFees),
        "GIFTS_KEPT" => Some(Account::GiftsKept),
        "WAIVED" => Some(Account::Waived),
        "BORNE_BY" => CostBearer::from_code(of).map(Account::BorneBy),
        "OWED_TO_CUSTOMER" => Some(Account::OwedToCustomer),
        "RECEIVABLE" => Some(Account::Receivable),
        "REFUNDED" => of.parse().ok().map(Account::Refunded),
        "PAID_FOR_CLAIM" => Some(Account::PaidForClaim),
        "HELD_FOR_CLAIM" => Some(Account::HeldForClaim),
        "MEMBER_POINTS" => Some(Account::MemberPoints),
        "POINTS_USED" => Some(Account::PointsUsed),
        "POINTS_EARNED" => Some(Account::PointsEarned),
        "COUPONS_USED" => Some(Account::CouponsUsed),
        "MEMBER_COUPONS" => Some(Account::MemberCoupons),
        "COUPONS_LAPSED" => Some(Account::CouponsLapsed),
        "STOCK_SOLD" => Some(Account::StockSold),
        "STOCK_ON_HAND" => Some(Account::StockOnHand),
        _ => None,
    };
    account.ok_or_else(|| unknown(name))
}

/// A piece is of `{goods}/{item}`; no number holds a slash.
pub(super) fn of_unit(unit: &Unit) -> String {
    match unit {
        Unit::Won => "WON".to_owned(),
        Unit::Point => "POINT".to_owned(),
        Unit::Coupon(coupon_no) => format!("COUPON:{coupon_no}"),
        Unit::Piece(goods_no, item_no) => format!("PIECE:{goods_no}/{item_no}"),
    }
}

pub(super) fn unit(name: &str) -> QueryResult<Unit> {
    let (word, of) = name.split_once(':').unwrap_or((name, ""));
    let unit = match word {
        "WON" => Some(Unit::Won),
        "POINT" => Some(Unit::Point),
        "COUPON" => of.parse().ok().map(Unit::Coupon),
        "PIECE" => of
            .split_once('/')
            .and_then(|(goods, item)| Some(Unit::Piece(goods.parse().ok()?, item.parse().ok()?))),
        _ => None,
    };
    unit.ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Error {
    Error::DeserializationError(format!("`{name}` is no name of the ledger").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_and_unit_reads_back() {
        let accounts = [
            Account::Sales,
            Account::Discounts,
            Account::DiscountsTakenBack,
            Account::DeliveryFees(2),
            Account::ReturnFees(2),
            Account::ExchangeFees(3),
            Account::GiftsKept,
            Account::Waived,
            Account::BorneBy(CostBearer::Vendor),
            Account::OwedToCustomer,
            Account::Receivable,
            Account::Refunded("PAY1".parse().unwrap()),
            Account::PaidForClaim,
            Account::HeldForClaim,
            Account::MemberPoints,
            Account::PointsUsed,
            Account::PointsEarned,
            Account::CouponsUsed,
            Account::MemberCoupons,
            Account::CouponsLapsed,
            Account::StockSold,
            Account::StockOnHand,
        ];
        for kept in accounts {
            assert_eq!(account(&of_account(&kept)).unwrap(), kept);
        }
        let units = [
            Unit::Won,
            Unit::Point,
            Unit::Coupon("CI0001".parse().unwrap()),
            Unit::Piece("10002552".parse().unwrap(), "001".parse().unwrap()),
        ];
        for kept in units {
            assert_eq!(unit(&of_unit(&kept)).unwrap(), kept);
        }
        for unknown in ["", "WONS", "PIECE:1", "REFUNDED:", "BORNE_BY:99"] {
            assert!(account(unknown).is_err() && unit(unknown).is_err(), "{unknown}");
        }
    }
}
