//! 클레임 상세: a claim as it was accepted, and how far it has come.

use commerce::{ClaimNo, CollectionMethod, CostChange, OrderNo};
use db::DbConnection;
use platform::identity::Caller;
use service_kit::error::Error;

use crate::clients::member::{CurrentOrder, DeliveryAddress};
use crate::domain::collection::{CollectionClaim, CollectionKind};
use crate::domain::saga::claim::ClaimUnderWay;
use crate::domain::saga::view::{StockView, restocked};
use crate::domain::saga::{ClaimSaga, Task};
use crate::refusals;
use crate::secrets::ClaimAddress;
use crate::state::AppState;
use crate::store;
use crate::store::claim::head::ClaimHead;
use crate::store::collection::address::AddressUse;
use crate::usecase::claim::goods_names::{NamesByItem, find_names};

pub struct FoundDetails {
    pub head: ClaimHead,
    /// None of a claim without a final cost: a return or an exchange that is open, one another system took, or an option change.
    pub claim: Option<(ClaimUnderWay, ClaimSaga)>,
    /// As the order shows them now.
    pub addresses: Vec<DeliveryAddress>,
    /// None but for a return or an exchange of our own.
    pub collection: Option<FoundCollection>,
    /// Of the goods in its costs.
    pub names: NamesByItem,
}

impl FoundDetails {
    /// 처리과제 that the order's decision leaves to be done, by their keys.
    pub fn claim_tasks(&self) -> Vec<(String, Task)> {
        let Some((_, saga)) = &self.claim else { return Vec::new() };
        let tasks = saga.tasks_to_do();
        tasks.map(|task| (task.effect.key(saga.claim_no()).to_string(), task.clone())).collect()
    }
}

/// 회수클레임 with the addresses it is about, as they are shown now.
pub struct FoundCollection {
    pub claim: CollectionClaim,
    /// Why its cost is not what was shown.
    pub changes: Vec<CostChange>,
    /// 재입고: what has come on the stock for an exchange, as it was booked. A return's has steps of its own.
    pub restocked: Vec<StockView>,
    /// 회수지: where the shop fetches the goods.
    pub collected_from: Option<ClaimAddress>,
    /// 교환배송지
    pub delivered_to: Option<ClaimAddress>,
}

/// With an order it is that one's claim. Whose claim it is comes first: who may not see it does not learn whether there is one.
pub async fn find_claim_details(
    state: &AppState,
    caller: &Caller,
    order_no: Option<&OrderNo>,
    claim_no: &ClaimNo,
) -> Result<FoundDetails, Error> {
    let no = claim_no.clone();
    let found = state
        .db
        .snapshot(move |conn| {
            let Some(head) = store::claim::head::find(conn, &no)? else { return Ok(None) };
            let tasks = store::claim::task::find(conn, &no)?;
            let claim = store::claim::accepted::find(conn, &no)?.map(|claim| {
                let saga = claim.saga(tasks);
                (claim, saga)
            });
            let kept = find_kept(conn, &no)?;
            let costs = claim.as_ref().map(|(claim, _)| &claim.accepted.cost);
            let costs = costs.into_iter().chain(kept.as_ref().map(|kept| &kept.claim.requested_cost));
            let names = find_names(conn, &head.order_no, costs.flat_map(|cost| &cost.goods))?;
            Ok::<_, Error>(Some((head, claim, kept, names)))
        })
        .await?;
    let found = found.filter(|(head, ..)| order_no.is_none_or(|order_no| head.order_no == *order_no));
    let (head, claim, kept, names) = found.ok_or_else(|| refusals::no_such_claim(caller))?;
    if !caller.may_see_order(&head.order_no, head.member_no.as_ref(), &head.site_no) {
        return Err(refusals::not_yours().into());
    }
    let order = state.clients.member.order(&head.order_no).await?;
    let collection = kept.map(|kept| kept.shown(state, order.as_ref())).transpose()?;
    let addresses = order.map(|order| order.addresses).unwrap_or_default();
    Ok(FoundDetails { head, claim, addresses, collection, names })
}

/// 회수클레임 as it is kept: its own addresses are sealed.
struct KeptCollection {
    claim: CollectionClaim,
    changes: Vec<CostChange>,
    restocked: Vec<StockView>,
    collected_from: Option<String>,
    delivered_to: Option<String>,
}

fn find_kept(conn: &mut DbConnection, claim_no: &ClaimNo) -> Result<Option<KeptCollection>, Error> {
    let Some(claim) = store::collection::find(conn, claim_no)? else { return Ok(None) };
    let restocked = match claim.kind {
        CollectionKind::Return => Vec::new(),
        CollectionKind::Exchange => restocked(&store::ledger::find(conn, claim_no)?),
    };
    Ok(Some(KeptCollection {
        claim,
        restocked,
        changes: store::collection::find_changes(conn, claim_no)?,
        collected_from: store::collection::address::find(conn, claim_no, AddressUse::Collection)?,
        delivered_to: store::collection::address::find(conn, claim_no, AddressUse::Exchange)?,
    }))
}

impl KeptCollection {
    fn shown(self, state: &AppState, order: Option<&CurrentOrder>) -> Result<FoundCollection, Error> {
        let claim_no = &self.claim.claim_no;
        let address = |used_for: AddressUse, sealed: Option<&String>| match sealed {
            // What is shown of one who has left is not more than its order shows.
            Some(sealed) => {
                let own = state.secrets.open_address(claim_no, used_for.code(), sealed)?;
                let is_masked = order.is_none_or(|order| order.is_masked);
                Ok::<_, Error>(Some(if is_masked { own.masked() } else { own }))
            }
            None => Ok(order.and_then(|order| order.address_of_group(self.claim.group_no)).map(of_order)),
        };
        let collected_from = match self.claim.method {
            CollectionMethod::Collected => address(AddressUse::Collection, self.collected_from.as_ref())?,
            CollectionMethod::SentPrepaid
            | CollectionMethod::SentPayOnArrival
            | CollectionMethod::NotCollected => None,
        };
        let delivered_to = match self.claim.kind {
            CollectionKind::Return => None,
            CollectionKind::Exchange => address(AddressUse::Exchange, self.delivered_to.as_ref())?,
        };
        let Self { claim, changes, restocked, .. } = self;
        Ok(FoundCollection { claim, changes, restocked, collected_from, delivered_to })
    }
}

/// The order's own address serves where none is named.
fn of_order(address: &DeliveryAddress) -> ClaimAddress {
    ClaimAddress {
        rcvmn_nm: address.rcvmn_nm.clone(),
        cell_sct_no: address.cell_sct_no.clone(),
        cell_txno_no: address.cell_txno_no.clone(),
        cell_end_no: address.cell_end_no.clone(),
        zip_no: address.zip_no.clone(),
        zip_addr: address.zip_addr.clone(),
        dtl_addr: address.dtl_addr.clone(),
        deli_msg: address.deli_msg.clone(),
    }
}
