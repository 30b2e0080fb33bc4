//! 개인통관고유부호 변경

use commerce::OrderNo;
use service_kit::error::Error;

use crate::domain::delivery_place::{CustomsNumber, CustomsRefusal};
use crate::refusals;
use crate::state::AppState;
use crate::store::{delivery_address, order};

/// A repeat writes the same again. The order's lock keeps a withdrawal from masking in between.
pub async fn change_customs_code(
    state: &AppState,
    order_no: OrderNo,
    delivery_seq: i32,
    customs_number: CustomsNumber,
) -> Result<(), Error> {
    state
        .db
        .write(move |conn| {
            if !order::lock(conn, &order_no)? {
                return Err(refusals::no_such_order());
            }
            delivery_address::find(conn, &order_no, delivery_seq)?
                .ok_or(CustomsRefusal::UnknownAddress)?
                .check_customs_change()?;
            delivery_address::update_customs_number(conn, &order_no, delivery_seq, &customs_number)?;
            Ok(())
        })
        .await
}
