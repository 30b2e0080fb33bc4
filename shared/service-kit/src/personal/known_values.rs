//! 본문 마스킹: what a member who has left is known by is found in what was written, and masked there
//! (docs/adr/0050-known-values-in-free-text.md).

use std::sync::Arc;

use commerce::masking::free_text::{KnownValueFinder, KnownValues};
use commerce::{MemberNo, OrderNo};
use contract::operations::member::INTERNAL_PERSONAL_VALUES;
use db::{Db, DbConnection};
use dto::internal::PersonalValues;
use platform::http_client::{Call, ClientError, Repeat, ServiceClient};

use crate::error::Error;
use crate::leave_no_trace::leave_no_trace;

/// Values looked for at once; a member with more is looked through several times.
const VALUES_AT_ONCE: usize = 20_000;

/// Asks member-service what the member is known by, and has everything looked through, from `first` on: `mask_page` masks
/// one page and says where the next begins. As often as it is asked for: what is masked holds nothing to be found.
pub async fn mask<Place, MaskPage>(
    db: &Db,
    member_service: &ServiceClient,
    member_no: &MemberNo,
    first: Place,
    mask_page: MaskPage,
) -> Result<(), Error>
where
    Place: Clone + Send + 'static,
    MaskPage: Fn(&mut DbConnection, Place, &KnownValueFinder) -> Result<Option<Place>, Error>,
    MaskPage: Clone + Send + 'static,
{
    let ask_and_mask = async {
        let mut known = KnownValues::default();
        let mut after = None;
        loop {
            let page = find(member_service, member_no, after.as_ref()).await?;
            page.add_to(&mut known);
            after = page.last_ord_no;
            if !known.is_empty() && (after.is_none() || known.len() >= VALUES_AT_ONCE) {
                let finder = Arc::new(std::mem::take(&mut known).finder());
                let mut next = Some(first.clone());
                while let Some(from) = next {
                    let (mask_page, finder) = (mask_page.clone(), Arc::clone(&finder));
                    next = db.write(move |conn| mask_page(conn, from.clone(), &finder)).await?;
                }
            }
            if after.is_none() {
                return Ok(());
            }
        }
    };
    let outcome = ask_and_mask.await;
    leave_no_trace(db).await?;
    outcome
}

/// The values of some of the member's orders, behind `after`.
async fn find(
    member_service: &ServiceClient,
    member_no: &MemberNo,
    after: Option<&OrderNo>,
) -> Result<PersonalValues, ClientError> {
    let after = after.map(|after| ("afterOrdNo", after.as_str()));
    let call = Call::<()> {
        operation: &INTERNAL_PERSONAL_VALUES,
        path_value: Some(member_no.as_str()),
        query: after.as_slice(),
        body: None,
        repeat: Repeat::Safe,
    };
    member_service.call(call).await?.bare()
}
