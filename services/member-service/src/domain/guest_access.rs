//! 비회원 접근: how often strangers may try an order number, and what has to match.

use chrono::{DateTime, TimeDelta, Utc};
use commerce::{OrderNo, SiteNo};

/// Tries older than this no longer count (contract, section 2: 60 minutes, an hour).
const WINDOW: TimeDelta = TimeDelta::minutes(60);

/// What is counted per order number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// 비밀번호 찾기: every request that names the number.
    PasswordRequest,
    /// 로그인 실패
    LoginFailure,
}

impl Try {
    /// How many may lie within the window.
    pub fn limit(self) -> i32 {
        match self {
            Self::PasswordRequest => 5,
            Self::LoginFailure => 10,
        }
    }
}

/// A try made at this moment or before it is over by `now`.
pub fn counted_after(now: DateTime<Utc>) -> DateTime<Utc> {
    now - WINDOW
}

/// Whole seconds until the oldest counted try is over; at least one.
fn seconds_until_over(oldest: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    let left = (oldest + WINDOW) - now;
    let seconds = left.num_seconds() + i64::from(left.subsec_nanos() > 0);
    u32::try_from(seconds).unwrap_or(0).max(1)
}

/// Why a stranger does not get what was asked for. Nothing in it tells an order that exists from one that does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuestRefusal {
    /// No guest's order fits what was said about it.
    NoSuchOrder,
    /// Number and password do not belong together.
    LoginFailed,
    /// The limit of tries is reached.
    TooManyTries { seconds_to_wait: u32 },
}

impl GuestRefusal {
    /// The refusal at `now`, the oldest try that counts having been made at `oldest`.
    pub fn too_many(oldest: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::TooManyTries { seconds_to_wait: seconds_until_over(oldest, now) }
    }
}

/// 비회원 주문: what is kept of a guest's order to know the guest by. Members' orders are never read as this.
#[derive(Clone, PartialEq, Eq)]
pub struct GuestOrder {
    pub order_no: OrderNo,
    pub site_no: SiteNo,
    pub orderer_name: String,
    pub phone: [String; 3],
    pub password_hash: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + milliseconds).expect("a time")
    }

    #[track_caller]
    fn check(oldest: i64, now: i64, expected: u32) {
        assert_eq!(seconds_until_over(at(oldest), at(now)), expected);
    }

    #[test]
    fn a_refused_caller_is_told_when_to_come_back() {
        check(0, 0, 3_600);
        check(0, 1, 3_600);
        check(0, 1_000, 3_599);
        check(0, 3_599_001, 1);
        check(0, 3_600_000, 1);
    }

    #[test]
    fn a_try_counts_for_sixty_minutes() {
        assert!(at(0) > counted_after(at(3_599_999)));
        assert!(at(0) <= counted_after(at(3_600_000)));
    }
}
