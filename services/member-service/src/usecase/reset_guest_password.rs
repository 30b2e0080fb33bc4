//! 비회원 주문 비밀번호 찾기: a new password for whoever knows all about a guest's order.

use std::collections::BTreeMap;

use commerce::{Channel, OrderNo, text};
use platform::error::Problem;
use platform::household::Household;
use platform::identity::Caller;
use secrecy::{ExposeSecret as _, SecretString};
use service_kit::error::Error;
use uuid::Uuid;

use crate::domain::guest_access::{GuestOrder, GuestRefusal, Try};
use crate::domain::notification::{Notice, Receiver, Template, joined_phone, templates};
use crate::secrets::{are_all_equal, password};
use crate::state::AppState;
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
/// Whether it does can't be told by the time this takes: both ways hash a password, and write as much before and
/// after. The hashing stands between the two transactions, so that nobody waits for it.
pub async fn reset_guest_password(
    state: &AppState,
    household: Household,
    claimed: Claimed,
) -> Result<(), Error> {
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
    let hash = state.secrets.passwords.hash(household, new_password.clone()).await?;
    let is_known = order.is_some();
    let order = order.unwrap_or_else(|| nobodys_order(claimed.order_no.clone()));
    let is_match = is_known & is_all_true(&claimed, &order);

    let sealer = state.secrets.outbox.clone();
    let has_changed = state
        .db
        .write(move |conn| {
            let has_changed = is_match && guest_access::update_password(conn, &order.order_no, &hash)?;
            let notice = notice(&order, &new_password)?;
            notify::put_down(conn, &sealer, now, &notice)?;
            if !has_changed {
                // What was put down for the sake of the time is taken back before anybody can see it.
                notify::take_back(conn, &notice)?;
            }
            guest_access::note_outcome(conn, &claimed.order_no, Try::PasswordRequest, slot, has_changed)?;
            Ok::<_, Error>(has_changed)
        })
        .await?;
    state.bell.ring();
    if has_changed { Ok(()) } else { Err(GuestRefusal::NoSuchOrder.into()) }
}

/// Stands in where there is no guest's order, so that nothing is left out.
fn nobodys_order(order_no: OrderNo) -> GuestOrder {
    GuestOrder {
        order_no,
        site_no: Caller::anonymous().site_no,
        orderer_name: String::new(),
        phone: ["010", "0000", "0000"].map(str::to_owned),
        password_hash: String::new(),
    }
}

fn is_all_true(claimed: &Claimed, order: &GuestOrder) -> bool {
    let phones = claimed.phone.iter().zip(&order.phone);
    let names = [&claimed.orderer_name, &order.orderer_name].map(|name| text::composed(name));
    let [claimed_name, name] = names.each_ref().map(String::as_str);
    are_all_equal(phones.map(|(one, other)| (one.as_str(), other.as_str())).chain([(claimed_name, name)]))
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
