//! 주문자·수취인명 조회: for the vendors' view of claims.

use std::collections::HashMap;

use commerce::OrderNo;
use db::{Db, DbError};
use service_kit::error::Error;

use crate::store::{delivery_address, order};

/// Names of one order as they stand now, masked or not.
pub struct OrderNames {
    pub order_no: OrderNo,
    pub orderer: String,
    pub is_masked: bool,
    /// 수취인, by address.
    pub recipients: Vec<(i32, String)>,
}

/// Those of the orders that are here.
pub async fn read_orderer_names(db: &Db, order_nos: Vec<OrderNo>) -> Result<Vec<OrderNames>, Error> {
    let names = db.snapshot(move |conn| {
        let mut recipients: HashMap<OrderNo, Vec<(i32, String)>> = HashMap::new();
        for (order_no, delivery_seq, name) in delivery_address::find_recipients(conn, &order_nos)? {
            recipients.entry(order_no).or_default().push((delivery_seq, name));
        }
        let names = order::find_orderer_names(conn, &order_nos)?.into_iter();
        Ok::<_, DbError>(
            names
                .map(|(order_no, orderer, is_masked)| OrderNames {
                    recipients: recipients.remove(&order_no).unwrap_or_default(),
                    order_no,
                    orderer,
                    is_masked: is_masked.is_yes(),
                })
                .collect(),
        )
    });
    Ok(names.await?)
}
