//! What needs a key: refund accounts are never written down readable.

use commerce::ClaimNo;
use platform::error::Problem;
use serde::{Deserialize, Serialize};
use service_kit::start::StartError;

use crate::domain::refund_account::RefundAccount;
use crate::settings::Settings;
use service_kit::sealer::{DataKeys, Sealer};

/// The keys of this process, read once at the start.
#[derive(Clone, Debug)]
pub struct Secrets {
    accounts: Sealer,
}

/// What of an account is sealed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    bank_cd: String,
    acct_no: String,
    dpstr_nm: String,
}

impl Secrets {
    pub fn open(settings: &Settings) -> Result<Self, StartError> {
        Ok(Self { accounts: DataKeys::open(&settings.secrets)?.sealer("refund-account") })
    }

    /// A sealed account under the current key, where another one has sealed it.
    pub fn renewed_account(&self, claim_no: &ClaimNo, sealed: &str) -> Result<Option<String>, Problem> {
        self.accounts.renewed(claim_no.as_str(), sealed).map_err(Problem::internal)
    }

    /// 환불계좌, sealed for its claim and no other.
    pub fn seal_account(&self, claim_no: &ClaimNo, account: &RefundAccount) -> Result<String, Problem> {
        let document = Document {
            bank_cd: account.bank_code.clone(),
            acct_no: account.account_no.clone(),
            dpstr_nm: account.holder.clone(),
        };
        let text = serde_json::to_vec(&document).map_err(Problem::internal)?;
        self.accounts.seal(claim_no.as_str(), &text).map_err(Problem::internal)
    }

    pub fn open_account(&self, claim_no: &ClaimNo, sealed: &str) -> Result<RefundAccount, Problem> {
        let text = self.accounts.open(claim_no.as_str(), sealed).map_err(Problem::internal)?;
        // Serde's words could repeat what they are about.
        let document: Document =
            serde_json::from_slice(&text).map_err(|_| Problem::internal("a sealed account can't be read"))?;
        let Document { bank_cd, acct_no, dpstr_nm } = document;
        Ok(RefundAccount { bank_code: bank_cd, account_no: acct_no, holder: dpstr_nm })
    }
}
