//! 알림: what the customer hears of a cancel. Names, phones and addresses are member-service's to add.

use std::collections::BTreeMap;

use commerce::{Channel, ClaimType, Won};
use dto::notification::{NotifyReceiver, NotifyRequest};

use crate::domain::accepted_cancel::AcceptedCancel;

/// 클레임 완료 안내, as member-service's templates name it.
const COMPLETED: &str = "CLAIM_COMPLETED";
/// 클레임 거절 안내
const REJECTED: &str = "CLAIM_REJECTED";
const SHIPPED_FIRST: &str = "배송이 시작되어 취소할 수 없습니다.";

pub(super) fn completed(key: &str, accepted: &AcceptedCancel) -> NotifyRequest {
    request(key, COMPLETED, accepted, ("rfdAmt", amount_text(accepted.cost.refund)))
}

pub(super) fn rejected(key: &str, accepted: &AcceptedCancel) -> NotifyRequest {
    request(key, REJECTED, accepted, ("rsn", SHIPPED_FIRST.to_owned()))
}

fn request(
    key: &str,
    template: &str,
    accepted: &AcceptedCancel,
    (name, value): (&str, String),
) -> NotifyRequest {
    let inbox = accepted.member_no.as_ref().map(|_| Channel::Inbox);
    let variables = [
        ("claimNm", ClaimType::Cancel.label().to_owned()),
        ("ordNo", accepted.order_no.to_string()),
        ("claimNo", accepted.claim_no.to_string()),
        (name, value),
    ];
    NotifyRequest {
        noti_key: key.to_owned(),
        tmpl_cd: template.to_owned(),
        chnl_cds: [Channel::Alimtalk, Channel::Email].into_iter().chain(inbox).collect(),
        site_no: accepted.site_no.clone(),
        mbr_no: accepted.member_no.clone(),
        ord_no: Some(accepted.order_no.clone()),
        receiver: NotifyReceiver::default(),
        variables: variables
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<BTreeMap<_, _>>(),
    }
}

/// `12,345`
fn amount_text(amount: Won) -> String {
    let digits = amount.amount().to_string();
    let first = digits.len() % 3;
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_a_comma_before_every_three_digits() {
        for (amount, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (46_000, "46,000"), (123_456_789, "123,456,789")] {
            assert_eq!(amount_text(Won::new(amount)), text);
        }
    }
}
