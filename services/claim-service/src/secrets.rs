//! What needs a key: refund accounts are never written down readable, nor is what the archive keeps.

use commerce::{ClaimNo, masking};
use platform::error::Problem;
use serde::{Deserialize, Serialize};
use service_kit::start::StartError;

use crate::domain::money::refund_account::RefundAccount;
use crate::settings::Settings;
use service_kit::sealer::{DataKeys, Sealer};

/// The keys of this process, read once at the start.
#[derive(Clone, Debug)]
pub struct Secrets {
    pub(crate) accounts: Sealer,
    pub(crate) reasons: Sealer,
    pub(crate) addresses: Sealer,
}

/// 회수지·교환배송지
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimAddress {
    pub rcvmn_nm: String,
    pub cell_sct_no: String,
    pub cell_txno_no: String,
    pub cell_end_no: String,
    pub zip_no: String,
    pub zip_addr: String,
    pub dtl_addr: String,
    pub deli_msg: Option<String>,
}

impl ClaimAddress {
    /// What stays readable of it for who takes the goods on: the district, and no name.
    #[must_use]
    pub fn masked(&self) -> Self {
        let [first, middle, last] =
            masking::phone([&self.cell_sct_no, &self.cell_txno_no, &self.cell_end_no]);
        Self {
            rcvmn_nm: masking::name(&self.rcvmn_nm),
            cell_sct_no: first,
            cell_txno_no: middle,
            cell_end_no: last,
            zip_no: self.zip_no.clone(),
            zip_addr: masking::district(&self.zip_addr),
            dtl_addr: masking::hidden(&self.dtl_addr),
            deli_msg: None,
        }
    }
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
        let keys = DataKeys::open(&settings.secrets)?;
        Ok(Self {
            accounts: keys.sealer("refund-account"),
            reasons: keys.sealer("claim-reason"),
            addresses: keys.sealer("claim-address"),
        })
    }

    /// 클레임 자유입력, sealed for its place in its claim and no other.
    pub fn seal_reason(&self, place: &str, text: &str) -> Result<String, Problem> {
        self.reasons.seal(place, text.as_bytes()).map_err(Problem::internal)
    }

    /// 송장번호, sealed for its parcel and no other.
    pub fn seal_invoice(&self, parcel: &str, number: &str) -> Result<String, Problem> {
        self.addresses.seal(parcel, number.as_bytes()).map_err(Problem::internal)
    }

    /// An address, sealed for its claim and its use and no other.
    pub fn seal_address(
        &self,
        claim_no: &ClaimNo,
        used_for: &str,
        address: &ClaimAddress,
    ) -> Result<String, Problem> {
        let text = serde_json::to_vec(address).map_err(Problem::internal)?;
        self.addresses.seal(&address_name(claim_no, used_for), &text).map_err(Problem::internal)
    }

    pub fn open_address(
        &self,
        claim_no: &ClaimNo,
        used_for: &str,
        sealed: &str,
    ) -> Result<ClaimAddress, Problem> {
        let text =
            self.addresses.open(&address_name(claim_no, used_for), sealed).map_err(Problem::internal)?;
        serde_json::from_slice(&text).map_err(|_| Problem::internal("a sealed address can't be read"))
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

/// The name an address is sealed under, and kept under once it lies apart.
pub(crate) fn address_name(claim_no: &ClaimNo, used_for: &str) -> String {
    format!("{claim_no}/{used_for}")
}
