//! What becomes of status 900 where the house ends.
//!
//! Inside the house a business or validation error is always 900. Only this module may turn it into something else.

use actix_web::http::StatusCode;
use dto::envelope::BUSINESS_ERROR_STATUS;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

/// The status a business or validation error has outside (contract, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BizErrorStatus(StatusCode);

impl BizErrorStatus {
    /// What the setting may say.
    pub const ALLOWED: [u16; 5] = [900, 200, 400, 409, 422];

    pub fn new(status: u16) -> Option<Self> {
        let is_allowed = Self::ALLOWED.contains(&status);
        StatusCode::from_u16(status).ok().filter(|_| is_allowed).map(Self)
    }

    /// The status outside for one inside.
    pub fn at_the_edge(self, status: StatusCode) -> StatusCode {
        if status.as_u16() == BUSINESS_ERROR_STATUS { self.0 } else { status }
    }
}

impl<'de> Deserialize<'de> for BizErrorStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let status = u16::deserialize(deserializer)?;
        Self::new(status)
            .ok_or_else(|| D::Error::custom(format!("status {status} is none of {:?}", Self::ALLOWED)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_900_is_rewritten_and_only_to_what_the_contract_allows() {
        let edge = BizErrorStatus::new(422).unwrap();
        for (inside, outside) in [(900, 422), (200, 200), (401, 401), (503, 503)] {
            assert_eq!(edge.at_the_edge(StatusCode::from_u16(inside).unwrap()).as_u16(), outside);
        }
        for refused in [0, 201, 401, 500, 901] {
            assert_eq!(BizErrorStatus::new(refused), None);
        }
    }
}
