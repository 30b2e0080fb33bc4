//! 환불계좌: where money goes that can't go back the way it came.

use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub struct RefundAccount {
    pub bank_code: String,
    pub account_no: String,
    pub holder: String,
}

impl fmt::Debug for RefundAccount {
    /// Whose it is stays out of every log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("RefundAccount").field("bank_code", &self.bank_code).finish_non_exhaustive()
    }
}
