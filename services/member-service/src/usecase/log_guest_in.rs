//! 비회원 로그인: a guest token for an order's number and password.

use chrono::{DateTime, Utc};
use commerce::OrderNo;
use db::DbConnection;
use platform::error::Problem;
use platform::household::Household;
use secrecy::SecretString;
use service_kit::error::Error;

use crate::domain::guest_access::{GuestRefusal, Try};
use crate::state::AppState;
use crate::store::guest_access;

/// Gives a token, or refuses without saying why.
///
/// A refusal counts in the transaction that decides it, and a success is refused when failures of others have
/// closed the number meanwhile: of guesses sent all at once no more are answered than one after the other.
pub async fn log_guest_in(
    state: &AppState,
    household: Household,
    order_no: OrderNo,
    password: SecretString,
) -> Result<String, Error> {
    let (number, now) = (order_no.clone(), state.clock.now());
    let order = state
        .db
        .read(move |conn| {
            refuse_closed(conn, &number, now)?;
            Ok::<_, Error>(guest_access::find_guest_order(conn, &number)?)
        })
        .await?;

    let hash = order.as_ref().map(|order| order.password_hash.clone());
    let is_right = state.secrets.passwords.verify(household, password, hash).await?;

    let now = state.clock.now();
    match order.filter(|_| is_right) {
        Some(order) => {
            state.db.read(move |conn| refuse_closed(conn, &order_no, now)).await?;
            tracing::info!(order.no = %order.order_no, "a guest has logged in");
            Ok(state.secrets.guest_tokens.sign(&order.order_no, &order.site_no).map_err(Problem::internal)?)
        }
        None => {
            let refusal = state.db.write(move |conn| count_failure(conn, &order_no, now)).await?;
            Err(refusal.into())
        }
    }
}

fn refuse_closed(conn: &mut DbConnection, order_no: &OrderNo, now: DateTime<Utc>) -> Result<(), Error> {
    match guest_access::find_exhausted(conn, order_no, Try::LoginFailure, now)? {
        Some(oldest) => Err(GuestRefusal::too_many(oldest, now).into()),
        None => Ok(()),
    }
}

/// Counts a failure and says what its caller hears. While the number is closed nothing more is counted.
fn count_failure(
    conn: &mut DbConnection,
    order_no: &OrderNo,
    now: DateTime<Utc>,
) -> Result<GuestRefusal, Error> {
    if guest_access::take_slot(conn, order_no, Try::LoginFailure, now)?.is_some() {
        return Ok(GuestRefusal::LoginFailed);
    }
    let oldest = guest_access::find_exhausted(conn, order_no, Try::LoginFailure, now)?;
    Ok(GuestRefusal::too_many(oldest.unwrap_or(now), now))
}
