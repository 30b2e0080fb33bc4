//! The order of the wire and the order of the rules, turned into each other.
//!
//! What an order agreed on never changes, so it is kept as one document in the wire's own form; only what the rules
//! look at is turned into types of the domain.

mod canonical;
mod terms;
mod to_domain;
mod to_wire;

use dto::date_time::KstDateTime;
use dto::internal::OrderRecord;
use dto::order::Order;
use platform::error::Problem;
use platform::form::Form;

use crate::domain::order_intake::{self, OrderToTake};
use crate::usecase::take_in_orders::{OrderWithDocuments, promotion_key};

pub(crate) use to_wire::snapshot;

/// Reads orders and writes the documents that are kept of each; everything that keeps them from being taken is named at once.
pub(crate) fn with_documents(wires: Vec<Order>, mut form: Form) -> Result<Vec<OrderWithDocuments>, Problem> {
    let orders: Vec<OrderToTake> = wires.iter().map(to_domain::order).collect();
    for finding in order_intake::findings(&orders) {
        if form.is_whole() || finding.reason.is_of_one_field() {
            form.reject(finding.field, finding.reason.hint_ko());
        }
    }
    form.finish()?;
    let mut list = Vec::with_capacity(wires.len());
    for (wire, order) in wires.into_iter().zip(orders) {
        let mut value = serde_json::to_value(&wire).map_err(Problem::internal)?;
        if let Some(fields) = value.as_object_mut() {
            fields.remove("ordPwd");
        }
        let terms = serde_json::to_string(&terms::Terms::of(&wire)).map_err(Problem::internal)?;
        list.push(OrderWithDocuments {
            promotion_record: promotion_record(&wire, &order)?,
            order,
            terms,
            canonical: canonical::text(value),
        });
    }
    Ok(list)
}

/// What promotion-service has to record of an order: what it earned, the mileage it used and its coupons.
fn promotion_record(wire: &Order, order: &OrderToTake) -> Result<Option<String>, Problem> {
    let coupons = order.coupons();
    // An amount that can't be written is refused with the order.
    let mileage = order.mileage_paid().unwrap_or_default();
    if wire.ord_accm_list.is_empty() && coupons.is_empty() && mileage.is_zero() {
        return Ok(None);
    }
    let record = OrderRecord {
        evt_key: promotion_key(&order.number),
        ord_no: order.number.clone(),
        site_no: order.site_no.clone(),
        mbr_no: order.member_no.clone(),
        ord_dtm: KstDateTime(order.ordered_at),
        accm_list: wire.ord_accm_list.clone(),
        mlg_use_amt: mileage,
        cpn_isu_no_list: coupons,
    };
    serde_json::to_string(&record).map(Some).map_err(Problem::internal)
}
