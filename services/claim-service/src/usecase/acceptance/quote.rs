//! 산정결과: a cost, and the hash it is bound by from what is shown to what is executed.

use aws_lc_rs::digest;
use commerce::MemberNo;

use crate::domain::money::ClaimCost;

/// A cost with its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub cost: ClaimCost,
    pub hash: String,
}

/// 미리보기: a cost, and whose order it is of; none for a guest's.
pub struct Preview {
    pub quote: Quote,
    pub member_no: Option<MemberNo>,
}

impl From<ClaimCost> for Quote {
    fn from(cost: ClaimCost) -> Self {
        let hash = hash_of(&cost);
        Self { cost, hash }
    }
}

/// `costHash` of a cost, computed now or kept.
pub(crate) fn hash_of(cost: &ClaimCost) -> String {
    cost.hash_with(|text| hex::encode(digest::digest(&digest::SHA256, text)))
}
