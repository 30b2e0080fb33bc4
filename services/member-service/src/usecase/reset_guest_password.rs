//! 비회원 주문 비밀번호 찾기: a new password for whoever knows all about a guest's order.

use std::collections::BTreeMap;

use commerce::{Channel, OrderNo};
use platform::error::Problem;
use secrecy::{ExposeSecret as _, SecretString};
use service_kit::error::Error;
use uuid::Uuid;

use crate::app::AppState;
use crate::domain::guest_access::{GuestOrder, GuestRefusal, Try};
use crate::domain::notification::{Notice, Receiver, Template, joined_phone, templates};
use crate::secrets::{are_all_equal, password};
use crate::store::guest_access;
use crate::usecase::notify;

/// What the guest says about the order.
pub struct Claimed {
    pub order_no: OrderNo,
    pub orderer_name: String,
    pub phone: [String; 3],
}

/// Replaces the password and tells it to the order's phone, if everything matches.
///
/// Whether it does can't be told by the time this takes: both ways hash a password and write once before and once
/// after. The hashing stands between the two transactions, so that nobody waits for it.
pub async fn reset_guest_password(state: &AppState, claimed: Claimed) -> Result<(), Error> {
    let now = state.clock.now();
    let order_no = claimed.order_no.clone();
    let (slot, order) = state
        .db
        .write(move |conn| {
            let Some(slot) = guest_access::take_slot(conn, &order_no, Try::PasswordRequest, now)? else {
                let oldest = guest_access::find_exhausted(conn, &order_no, Try::PasswordRequest, now)?;
                return Err(GuestRefusal::too_many(oldest.unwrap_or(now), now).into());
            };
            Ok::<_, Error>((slot, guest_access::find_guest_order(conn, &order_no)?))
        })
        .await?;

    let new_password = password::temporary()?;
    let hash = state.secrets.passwords.hash(new_password.clone()).await?;
    let is_match = matches(&claimed, order.as_ref());

    let sealer = state.secrets.outbox.clone();
    let has_changed = state
        .db
        .write(move |conn| {
            let has_changed = match order.filter(|_| is_match) {
                Some(order) if guest_access::update_password(conn, &order.order_no, &hash)? => {
                    notify::put_down(conn, &sealer, now, &notice(&order, &new_password)?)?;
                    true
                }
                _ => false,
            };
            guest_access::note_outcome(conn, &claimed.order_no, Try::PasswordRequest, slot, has_changed)?;
            Ok::<_, Error>(has_changed)
        })
        .await?;
    if has_changed {
        state.bell.ring();
        Ok(())
    } else {
        Err(GuestRefusal::NoSuchOrder.into())
    }
}

/// Compares with nobody's order where there is none, at the same cost.
fn matches(claimed: &Claimed, order: Option<&GuestOrder>) -> bool {
    let nobody = [const { String::new() }; 3];
    let (name, phone) = order.map_or(("", &nobody), |order| (order.orderer_name.as_str(), &order.phone));
    let pairs = claimed.phone.iter().zip(phone).map(|(one, other)| (one.as_str(), other.as_str()));
    let is_equal = are_all_equal(pairs.chain([(claimed.orderer_name.as_str(), name)]));
    is_equal & order.is_some()
}

/// Every new password is an event of its own.
fn notice(order: &GuestOrder, new_password: &SecretString) -> Result<Notice, Error> {
    let values = BTreeMap::from([
        ("ordNo".to_owned(), order.order_no.to_string()),
        ("ordPwd".to_owned(), new_password.expose_secret().to_owned()),
    ]);
    let text = Template::find(templates::GUEST_TEMP_PASSWORD)
        .and_then(|template| template.fill(&values))
        .map_err(Problem::internal)?;
    let [sct, txno, end] = &order.phone;
    Ok(Notice {
        key: format!("guest-password:{}:{}", order.order_no, Uuid::now_v7().simple()),
        site_no: order.site_no.clone(),
        member_no: None,
        order_no: Some(order.order_no.clone()),
        receiver: Receiver { phone: joined_phone([Some(sct), Some(txno), Some(end)]), email: None },
        channels: vec![Channel::Alimtalk],
        text,
    })
}
