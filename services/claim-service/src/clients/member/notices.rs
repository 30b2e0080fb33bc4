//! 알림: what the customer hears of a claim. Names, phones and addresses are member-service's to add.

use std::collections::BTreeMap;

use commerce::{Channel, ClaimNo, ClaimType, MemberNo, OrderNo, SiteNo, Won};
use dto::notification::{NotifyReceiver, NotifyRequest};

use crate::domain::collection::CollectionClaim;
use crate::domain::saga::claim::AcceptedClaim;

/// 클레임 완료 안내, as member-service's templates name it.
const COMPLETED: &str = "CLAIM_COMPLETED";
/// 클레임 거절 안내
const REJECTED: &str = "CLAIM_REJECTED";
/// Shipped, or paid for after all.
const ORDER_HAS_GONE_ON: &str = "주문 처리 상태가 변경되어 취소할 수 없습니다.";
/// The coupon was used for something else at the same moment.
const COUPON_GONE: &str = "무료반품쿠폰을 사용할 수 없습니다.";

pub(super) fn completed(key: &str, accepted: &AcceptedClaim) -> NotifyRequest {
    let more = [("rfdAmt", amount_text(accepted.cost.refund))];
    request(key, COMPLETED, &About::of(accepted), more)
}

pub(super) fn rejected(key: &str, accepted: &AcceptedClaim) -> NotifyRequest {
    request(key, REJECTED, &About::of(accepted), [("rsn", ORDER_HAS_GONE_ON.to_owned())])
}

/// What each template needs beside the claim's names; what it does not need is not looked at.
pub(super) fn progress(
    key: &str,
    template: &str,
    claim: &CollectionClaim,
    converted_to: Option<&ClaimNo>,
) -> NotifyRequest {
    let about = About {
        claim_type: claim.kind.claim_type(),
        claim_no: &claim.claim_no,
        order_no: &claim.order_no,
        site_no: &claim.site_no,
        member_no: claim.member_no.as_ref(),
    };
    let rejection = claim.rejection.as_ref();
    let reason = rejection.map_or_else(
        || COUPON_GONE.to_owned(),
        |rejection| rejection.text.clone().unwrap_or_else(|| rejection.reason.label().to_owned()),
    );
    let way_out = claim.way_out.as_ref();
    let more = [
        ("rsn", reason),
        ("hdcCd", way_out.map_or_else(String::new, |invoice| invoice.carrier.clone())),
        ("invNo", way_out.map_or_else(String::new, |invoice| invoice.number.clone())),
        ("rtnClaimNo", converted_to.map_or_else(String::new, ClaimNo::to_string)),
    ];
    request(key, template, &about, more)
}

/// Which claim it is.
struct About<'a> {
    claim_type: ClaimType,
    claim_no: &'a ClaimNo,
    order_no: &'a OrderNo,
    site_no: &'a SiteNo,
    member_no: Option<&'a MemberNo>,
}

impl<'a> About<'a> {
    const fn of(accepted: &'a AcceptedClaim) -> Self {
        Self {
            claim_type: accepted.claim_type,
            claim_no: &accepted.claim_no,
            order_no: &accepted.order_no,
            site_no: &accepted.site_no,
            member_no: accepted.member_no.as_ref(),
        }
    }
}

fn request<const MORE: usize>(
    key: &str,
    template: &str,
    about: &About<'_>,
    more: [(&str, String); MORE],
) -> NotifyRequest {
    let inbox = about.member_no.map(|_| Channel::Inbox);
    let variables = [
        ("claimNm", about.claim_type.label().to_owned()),
        ("ordNo", about.order_no.to_string()),
        ("claimNo", about.claim_no.to_string()),
    ];
    NotifyRequest {
        noti_key: key.to_owned(),
        tmpl_cd: template.to_owned(),
        chnl_cds: [Channel::Alimtalk, Channel::Email].into_iter().chain(inbox).collect(),
        site_no: about.site_no.clone(),
        mbr_no: about.member_no.cloned(),
        ord_no: Some(about.order_no.clone()),
        receiver: NotifyReceiver::default(),
        variables: variables
            .into_iter()
            .chain(more)
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
        for (amount, text) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (46_000, "46,000"), (123_456_789, "123,456,789")]
        {
            assert_eq!(amount_text(Won::new(amount)), text);
        }
    }
}
