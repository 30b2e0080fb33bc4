//! 추가결제 선점과 반납: a payment settles one thing, whoever comes with it first.

use commerce::OrderNo;
use service_kit::error::Error;

use crate::domain::payment_key::Holder;
use crate::state::AppState;
use crate::store::payment_key;

pub async fn hold_payment_key(
    state: &AppState,
    order_no: OrderNo,
    key: String,
    hold_no: Option<String>,
) -> Result<Holder, Error> {
    state
        .db
        .write(move |conn| Ok::<_, Error>(payment_key::hold(conn, &key, &order_no, hold_no.as_deref())?))
        .await
}

pub async fn release_payment_key(
    state: &AppState,
    order_no: OrderNo,
    key: String,
    hold_no: String,
) -> Result<(), Error> {
    state
        .db
        .write(move |conn| Ok::<_, Error>(payment_key::release(conn, &key, &order_no, &hold_no)?))
        .await
        .map(drop)
}
