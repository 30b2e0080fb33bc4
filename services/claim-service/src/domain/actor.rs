//! 처리자: who asks for a claim, or does something about it.

use chrono::{DateTime, Utc};
use commerce::{ClaimAct, ClaimStatus, RequesterRole, ReturnProgress};

/// 처리자
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// A member's number, an agent's id or a program's name. A guest has none.
    pub user_id: Option<String>,
    pub role: RequesterRole,
}

/// 처리이력: what somebody did about a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acted {
    pub at: DateTime<Utc>,
    /// None of an operator at the console.
    pub actor: Option<Actor>,
    pub act: ClaimAct,
    pub from: StoodAt,
    pub to: StoodAt,
}

/// 진행상태: of a return or an exchange of ours where its goods are, of every other claim where it stands itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoodAt {
    Claim(ClaimStatus),
    Goods(ReturnProgress),
}

impl StoodAt {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Claim(status) => status.code(),
            Self::Goods(progress) => progress.code(),
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Claim(status) => status.label(),
            Self::Goods(progress) => progress.label(),
        }
    }

    /// No code stands for both.
    pub fn from_code(code: &str) -> Option<Self> {
        let status = ClaimStatus::from_code(code).map(Self::Claim);
        status.or_else(|| ReturnProgress::from_code(code).map(Self::Goods))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_of_what_it_is() {
        let claims = ClaimStatus::ALL.iter().map(|status| StoodAt::Claim(*status));
        let goods = ReturnProgress::ALL.iter().map(|progress| StoodAt::Goods(*progress));
        for stood_at in claims.chain(goods) {
            assert_eq!(StoodAt::from_code(stood_at.code()), Some(stood_at));
        }
    }
}
