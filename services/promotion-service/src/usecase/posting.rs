//! Booking on one account: lots, rows and the balance change together or not at all.

use chrono::{DateTime, Utc};
use commerce::{ClaimNo, MileageReason, OrderNo, Won};
use db::DbConnection;
use platform::error::Problem;
use service_kit::error::Error;
use uuid::Uuid;

use crate::domain::booking_rules::BookingRules;
use crate::domain::burden::Burden;
use crate::domain::mileage_ledger::{Account, Lot, MoreThanUsed, Movement, draw, expiry, give_back, lapse};
use crate::domain::order_effects::{ClaimStep, EarnedMileage, MileageClaim};
use crate::store;

/// An account that this transaction has for itself.
pub(super) struct Posting<'a> {
    conn: &'a mut DbConnection,
    account: Account,
    balance: Won,
    rules: BookingRules,
}

/// Why a movement is booked.
struct Occasion<'a> {
    key: &'a str,
    order_no: &'a OrderNo,
    claim_no: Option<&'a ClaimNo>,
    at: DateTime<Utc>,
}

/// Lots that are drawn from at once.
const LOTS: i64 = 32;

impl<'a> Posting<'a> {
    pub(super) fn open(
        conn: &'a mut DbConnection,
        account: Account,
        rules: BookingRules,
    ) -> Result<Self, Error> {
        let balance = store::account::lock(conn, &account)?;
        Ok(Self { conn, account, balance, rules })
    }

    /// Writes the balance that the rows have come to.
    pub(super) fn close(self) -> Result<(), Error> {
        Ok(store::account::update_balance(self.conn, &self.account, self.balance)?)
    }

    /// 적립: one lot per entry.
    pub(super) fn earn(
        &mut self,
        key: &str,
        order_no: &OrderNo,
        ordered_at: DateTime<Utc>,
        earned: &EarnedMileage,
    ) -> Result<(), Error> {
        let lot = Lot {
            no: new_number(),
            reason: earned.reason,
            promotion_no: Some(earned.promotion_no.clone()),
            order_no: order_no.clone(),
            burden: earned.burden,
            earned: earned.amount,
            left: Won::ZERO,
            earned_at: ordered_at,
            expires_at: expiry(ordered_at, self.rules.valid_days),
        };
        let occasion = Occasion { key, order_no, claim_no: None, at: ordered_at };
        self.open_lot(lot, None, &occasion)
    }

    /// 사용: from the lots that expire first, and beyond them without a lot.
    pub(super) fn use_up(
        &mut self,
        key: &str,
        order_no: &OrderNo,
        ordered_at: DateTime<Utc>,
        amount: Won,
    ) -> Result<(), Error> {
        let occasion = Occasion { key, order_no, claim_no: None, at: ordered_at };
        let mut needed = amount;
        while needed.is_positive() {
            let lots = store::lot::find_spendable(self.conn, &self.account, ordered_at, LOTS)?;
            if lots.is_empty() {
                return self.without_lot(MileageReason::UsedInOrder, negated(needed)?, &occasion);
            }
            for (index, part) in draw(needed, &lots) {
                if let Some(lot) = lots.get(index) {
                    self.on_lot(lot, MileageReason::UsedInOrder, negated(part)?, None, &occasion)?;
                    needed = minus(needed, part)?;
                }
            }
        }
        Ok(())
    }

    /// What a claim does; an error is a refusal and changes nothing.
    pub(super) fn claim(
        &mut self,
        step: &ClaimStep,
        claim: &MileageClaim,
    ) -> Result<Result<(), MoreThanUsed>, Error> {
        match claim {
            MileageClaim::TakeBack { reason, promotion_no, amount } => {
                let occasion = self.occasion_of(step);
                let lot = store::lot::find_of_entry(self.conn, &step.order_no, *reason, promotion_no)?;
                match lot {
                    Some(lot) => {
                        self.on_lot(&lot, *reason, negated(*amount)?, Some(lot.no.clone()), &occasion)?;
                    }
                    None => {
                        tracing::warn!(
                            order.no = %step.order_no,
                            promotion.no = %promotion_no,
                            "taken back although the order was not recorded as having earned it"
                        );
                        self.without_lot(*reason, negated(*amount)?, &occasion)?;
                    }
                }
                Ok(Ok(()))
            }
            MileageClaim::Restore { amount } => self.restore(step, *amount),
        }
    }

    /// Gives back whatever is still out.
    pub(super) fn restore_the_rest(&mut self, step: &ClaimStep) -> Result<(), Error> {
        let uses = store::ledger::find_uses(self.conn, &step.order_no)?;
        let amount = Won::sum(uses.iter().map(|used| used.outstanding)).ok_or_else(too_large)?;
        // It is what is out, so it can't be refused.
        self.restore(step, amount).map(|_| ())
    }

    /// 복원: to the lots it was used from, and as a new lot what was used without one.
    fn restore(&mut self, step: &ClaimStep, amount: Won) -> Result<Result<(), MoreThanUsed>, Error> {
        let uses = store::ledger::find_uses(self.conn, &step.order_no)?;
        let returns = match give_back(amount, &uses) {
            Ok(returns) => returns,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let occasion = self.occasion_of(step);
        for (index, part) in returns {
            let Some(used) = uses.get(index) else { continue };
            let reverses = Some(used.movement_no.clone());
            match &used.lot_no {
                Some(lot_no) => {
                    let lot = store::lot::find(self.conn, lot_no)?;
                    self.on_lot(&lot, MileageReason::Refund, part, reverses, &occasion)?;
                }
                None => {
                    let lot = Lot {
                        no: new_number(),
                        reason: MileageReason::Refund,
                        promotion_no: None,
                        order_no: step.order_no.clone(),
                        burden: Burden::OURS,
                        earned: part,
                        left: Won::ZERO,
                        earned_at: self.rules.now,
                        expires_at: expiry(self.rules.now, self.rules.valid_days),
                    };
                    self.open_lot(lot, reverses, &occasion)?;
                }
            }
        }
        Ok(Ok(()))
    }

    /// 소멸: under the code the lot was earned under. The message is the expiry itself. `good`: what is left of the lots
    /// that are still good.
    pub(super) fn lapse(&mut self, lot: &Lot, good: Won) -> Result<(), Error> {
        let amount = lapse(lot.left, self.balance, good).ok_or_else(too_large)?;
        if amount.is_zero() {
            return Ok(());
        }
        let occasion =
            Occasion { key: "expiry", order_no: &lot.order_no, claim_no: None, at: self.rules.now };
        self.on_lot(lot, lot.reason, negated(amount)?, Some(lot.no.clone()), &occasion)
    }

    fn occasion_of<'s>(&self, step: &'s ClaimStep) -> Occasion<'s> {
        Occasion {
            key: &step.key,
            order_no: &step.order_no,
            claim_no: Some(&step.claim_no),
            at: self.rules.now,
        }
    }

    /// A lot is named after the row that makes it.
    fn open_lot(&mut self, lot: Lot, reverses: Option<String>, occasion: &Occasion<'_>) -> Result<(), Error> {
        let full = Lot { left: lot.earned, ..lot.clone() };
        store::lot::insert(self.conn, &self.account, &full)?;
        let movement = movement(&lot, lot.reason, lot.earned, reverses, occasion)?;
        self.book(Movement { no: lot.no, ..movement })
    }

    fn on_lot(
        &mut self,
        lot: &Lot,
        reason: MileageReason,
        amount: Won,
        reverses: Option<String>,
        occasion: &Occasion<'_>,
    ) -> Result<(), Error> {
        store::lot::update_left(self.conn, &lot.no, plus(lot.left, amount)?)?;
        self.book(movement(lot, reason, amount, reverses, occasion)?)
    }

    /// Nobody but us bears what no lot covers.
    fn without_lot(
        &mut self,
        reason: MileageReason,
        amount: Won,
        occasion: &Occasion<'_>,
    ) -> Result<(), Error> {
        let split = Burden::OURS.split(Won::ZERO, amount).ok_or_else(too_large)?;
        self.book(Movement {
            no: new_number(),
            lot_no: None,
            reason,
            amount,
            burden: Burden::OURS,
            split,
            order_no: occasion.order_no.clone(),
            claim_no: occasion.claim_no.cloned(),
            reverses: None,
            key: occasion.key.to_owned(),
            at: occasion.at,
        })
    }

    fn book(&mut self, movement: Movement) -> Result<(), Error> {
        self.balance = plus(self.balance, movement.amount)?;
        Ok(store::ledger::insert(self.conn, &self.account, movement)?)
    }
}

fn movement(
    lot: &Lot,
    reason: MileageReason,
    amount: Won,
    reverses: Option<String>,
    occasion: &Occasion<'_>,
) -> Result<Movement, Error> {
    let split = lot.burden.split(lot.left, plus(lot.left, amount)?).ok_or_else(too_large)?;
    Ok(Movement {
        no: new_number(),
        lot_no: Some(lot.no.clone()),
        reason,
        amount,
        burden: lot.burden,
        split,
        order_no: occasion.order_no.clone(),
        claim_no: occasion.claim_no.cloned(),
        reverses,
        key: occasion.key.to_owned(),
        at: occasion.at,
    })
}

/// Numbers of one process rise with time, so that rows of one booking stay in their order.
fn new_number() -> String {
    Uuid::now_v7().to_string()
}

fn plus(one: Won, other: Won) -> Result<Won, Error> {
    one.checked_add(other).ok_or_else(too_large)
}

fn minus(one: Won, other: Won) -> Result<Won, Error> {
    one.checked_sub(other).ok_or_else(too_large)
}

fn negated(amount: Won) -> Result<Won, Error> {
    amount.checked_neg().ok_or_else(too_large)
}

fn too_large() -> Error {
    Problem::internal("an account's amounts do not fit").into()
}
