//! 개인정보 값 조회: by what a member who has left is known, so that the sisters find it in what was written.
//!
//! The originals are where they are until then: readable where a withdrawal has not come yet, sealed where it has.

use commerce::{MemberNo, OrderNo};
use contract::ResultCode;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::personal::PersonalValues;
use crate::state::AppState;
use crate::store::member::MEMBERS;
use crate::store::{PERSONAL_ARCHIVE, personal};
use crate::usecase::archive_document;

/// Orders looked at in one call.
const ORDERS_AT_ONCE: i64 = 200;

/// The values of some orders behind `after`, and the last of these orders; none behind the last of all.
pub async fn read_personal_values(
    state: &AppState,
    member_no: MemberNo,
    after: Option<OrderNo>,
) -> Result<(PersonalValues, Option<OrderNo>), Error> {
    let secrets = state.secrets.clone();
    state
        .db
        .snapshot(move |conn| {
            // Nobody needs to look for what is not to be hidden.
            if !MEMBERS.has_withdrawn(conn, member_no.as_str())? {
                return Err(Problem::new(ResultCode::Forbidden).into());
            }
            let orders = personal::find_page(conn, &member_no, after.as_ref(), ORDERS_AT_ONCE)?;
            let mut values = PersonalValues::default();
            for (is_masked, order) in &orders {
                if !is_masked {
                    values.add_order(&order.personal);
                } else if let Some(sealed) = PERSONAL_ARCHIVE.find(conn, order.order_no.as_str())? {
                    archive_document::add_values(&secrets, &order.order_no, &sealed, &mut values)?;
                }
            }
            Ok((values, orders.into_iter().last().map(|(_, order)| order.order_no)))
        })
        .await
}
