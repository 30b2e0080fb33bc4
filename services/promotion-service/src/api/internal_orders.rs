//! 주문 적립·사용 반영, told by member-service.

use actix_web::web;
use commerce::Won;
use dto::internal::OrderRecord;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::Json;
use platform::form::Form;
use service_kit::error::Error;

use super::claim_step::event_key;
use crate::domain::burden::Burden;
use crate::domain::order_effects::{EarnedMileage, TakenOrder};
use crate::state::AppState;
use crate::usecase::record_order::record_order;

pub async fn internal_orders(state: web::Data<AppState>, record: Json<OrderRecord>) -> Result<Answer, Error> {
    let (record, form) = record.open();
    let order = taken_order(record, form)?;
    let rules = state.booking_rules();
    state.db.write(move |conn| record_order(conn, &order, rules)).await?;
    Ok(Answer::empty())
}

fn taken_order(record: OrderRecord, mut form: Form) -> Result<TakenOrder, Problem> {
    let key = event_key(&mut form, &record.evt_key);
    if record.mlg_use_amt.is_negative() {
        form.reject("mlgUseAmt", "0원 이상이어야 합니다.");
    }
    let mut earned: Vec<EarnedMileage> = Vec::with_capacity(record.accm_list.len());
    for (place, entry) in record.accm_list.into_iter().enumerate() {
        if entry.accm_amt.is_negative() {
            form.reject(format!("accmList[{place}].accmAmt"), "0원 이상이어야 합니다.");
        }
        if !entry.accm_gb_cd.is_accrual() || entry.accm_amt.is_zero() {
            continue;
        }
        let same = earned
            .iter_mut()
            .find(|one| one.reason == entry.accm_gb_cd && one.promotion_no == entry.promo_no);
        match same {
            // Entries of one promotion are one to a claim.
            Some(one) => one.amount = sum(one.amount, entry.accm_amt)?,
            None => earned.push(EarnedMileage {
                reason: entry.accm_gb_cd,
                promotion_no: entry.promo_no,
                amount: entry.accm_amt,
                burden: Burden::of_order(entry.our_chrg_rate, entry.entr_chrg_rate),
            }),
        }
    }
    let key = form.complete(key)?;
    Ok(TakenOrder {
        key: format!("order/{key}"),
        order_no: record.ord_no,
        site_no: record.site_no,
        member_no: record.mbr_no,
        ordered_at: record.ord_dtm.utc(),
        earned,
        used: record.mlg_use_amt,
        coupons: record.cpn_isu_no_list,
    })
}

fn sum(one: Won, other: Won) -> Result<Won, Problem> {
    one.checked_add(other).ok_or_else(|| Problem::internal("the amounts of an order do not fit"))
}
