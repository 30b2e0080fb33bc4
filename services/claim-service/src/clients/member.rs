//! member-service: it keeps the orders.

mod claims;
mod counted;
mod notices;
mod standings;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use commerce::claimable::window::ClaimDays;
use commerce::{ClaimNo, OrderNo};
use contract::ResultCode;
use contract::operations::Operation;
use contract::operations::member::{
    INTERNAL_ADDITIONAL_PAYMENTS, INTERNAL_ADDITIONAL_PAYMENTS_RELEASE, INTERNAL_NOTIFICATIONS,
    INTERNAL_ORDER, INTERNAL_ORDER_CUSTOMS_CODES, INTERNAL_ORDERER_NAMES,
};
use dto::internal::{
    AdditionalPaymentHeld, AdditionalPaymentHold, AdditionalPaymentRelease, OrderCustomsCode, OrdererName,
    OrdererNames, OrdererNamesQuery,
};
/// 배송지: shown as the order shows it, and read by nobody here.
pub use dto::order::DeliveryAddress;
use dto::order::OrderSnapshot;
use platform::http_client::{Call, ClientError, Repeat, ServiceClient, post};
use serde::Serialize;

pub use self::counted::CLAIMS_AT_ONCE;
use crate::domain::collection::CollectionClaim;
use crate::domain::order::LineState;
use crate::domain::order::pinned::OrderCopy;
use crate::domain::saga::claim::AcceptedClaim;
use crate::store::order::terms;

#[derive(Clone, Debug)]
pub struct MemberService(pub ServiceClient);

/// 주문 현재상태: an order as member-service shows it at this moment.
pub struct CurrentOrder {
    /// What of it never changes.
    pub copy: OrderCopy,
    /// Masked when its member has withdrawn; shown and never kept.
    pub orderer_name: String,
    /// 배송지, masked alike.
    pub addresses: Vec<DeliveryAddress>,
    /// 배송지순번, by delivery group.
    pub group_addresses: HashMap<i32, i32>,
    /// Whether its member has withdrawn.
    pub is_masked: bool,
    pub line_states: Vec<LineState>,
    /// 배송완료일시, by line.
    pub delivered_at: HashMap<i32, DateTime<Utc>>,
    pub days: ClaimDays,
}

impl CurrentOrder {
    /// 배송지 of a delivery group.
    pub fn address_of_group(&self, group_no: i32) -> Option<&DeliveryAddress> {
        let seq = self.group_addresses.get(&group_no)?;
        self.addresses.iter().find(|address| address.dlvp_seq == *seq)
    }
}

/// 주문자·수취인명 of an order, as they are shown at this moment.
pub struct OrderNames {
    pub orderer: String,
    /// 수취인명, by address.
    pub recipients: HashMap<i32, String>,
    /// Whether its member has withdrawn.
    pub is_masked: bool,
}

/// 추가결제 선점 결과
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentHold {
    Held,
    /// It has paid for this order, or for a claim of it.
    PaidFor(OrderNo),
}

/// Why an order could not be had.
#[derive(Debug, thiserror::Error)]
pub enum NoOrder {
    #[error(transparent)]
    Call(#[from] ClientError),
    #[error("the order can't be written down")]
    Unwritable(#[from] serde_json::Error),
}

impl MemberService {
    /// 주문 스냅샷; none where there is no such order.
    pub async fn order(&self, order_no: &OrderNo) -> Result<Option<CurrentOrder>, NoOrder> {
        let call = Call::<()> {
            operation: &INTERNAL_ORDER,
            path_value: Some(order_no.as_str()),
            query: &[],
            body: None,
            repeat: Repeat::Safe,
        };
        let snapshot: OrderSnapshot = match self.0.call(call).await {
            Ok(reply) => reply.bare()?,
            Err(ClientError::Refused { code, .. }) if code == ResultCode::OrderNotFound.code() => {
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Some(current(snapshot)?))
    }

    /// 주문자·수취인명 조회, 500 orders at most; those that do not exist are left out.
    pub async fn order_names(
        &self,
        numbers: Vec<OrderNo>,
    ) -> Result<Vec<(OrderNo, OrderNames)>, ClientError> {
        let query = OrdererNamesQuery { ord_no_list: numbers };
        let names: OrdererNames = self.0.call(post(&INTERNAL_ORDERER_NAMES, &query)).await?.bare()?;
        Ok(names.list.into_iter().map(order_names).collect())
    }

    /// 개인통관고유부호 반영; a repeat changes nothing.
    pub async fn change_customs_code(
        &self,
        order_no: &OrderNo,
        delivery_seq: i32,
        code: String,
    ) -> Result<(), ClientError> {
        let code = OrderCustomsCode { dlvp_seq: delivery_seq, pers_cstm_cd: code };
        self.0.call(of_order(&INTERNAL_ORDER_CUSTOMS_CODES, order_no, &code)).await.map(drop)
    }

    /// 추가결제 선점: whose the payment is that a claim of the order is to be settled with. Without a number to give it back
    /// by it is held for good.
    pub async fn hold_payment(
        &self,
        order_no: &OrderNo,
        provider_key: &str,
        hold_no: Option<&str>,
    ) -> Result<PaymentHold, ClientError> {
        let hold = AdditionalPaymentHold {
            pg_pay_key: provider_key.to_owned(),
            hold_no: hold_no.map(str::to_owned),
        };
        let call = of_order(&INTERNAL_ADDITIONAL_PAYMENTS, order_no, &hold);
        let answer: AdditionalPaymentHeld = self.0.call(call).await?.bare()?;
        Ok(if answer.held_yn.is_yes() { PaymentHold::Held } else { PaymentHold::PaidFor(answer.ord_no) })
    }

    /// 추가결제 반납; a repeat changes nothing.
    pub async fn release_payment(
        &self,
        order_no: &OrderNo,
        provider_key: &str,
        hold_no: &str,
    ) -> Result<(), ClientError> {
        let release =
            AdditionalPaymentRelease { pg_pay_key: provider_key.to_owned(), hold_no: hold_no.to_owned() };
        self.0.call(of_order(&INTERNAL_ADDITIONAL_PAYMENTS_RELEASE, order_no, &release)).await.map(drop)
    }

    /// 클레임 완료 안내, once per key.
    pub async fn tell_completion(&self, key: &str, accepted: &AcceptedClaim) -> Result<(), ClientError> {
        self.0.call(post(&INTERNAL_NOTIFICATIONS, &notices::completed(key, accepted))).await.map(drop)
    }

    /// 진행 안내 of a return or an exchange, once per key.
    pub async fn tell_progress(
        &self,
        key: &str,
        template: &str,
        claim: &CollectionClaim,
        converted_to: Option<&ClaimNo>,
    ) -> Result<(), ClientError> {
        let notice = notices::progress(key, template, claim, converted_to);
        self.0.call(post(&INTERNAL_NOTIFICATIONS, &notice)).await.map(drop)
    }

    /// 클레임 거절 안내, once per key.
    pub async fn tell_rejection(&self, key: &str, accepted: &AcceptedClaim) -> Result<(), ClientError> {
        self.0.call(post(&INTERNAL_NOTIFICATIONS, &notices::rejected(key, accepted))).await.map(drop)
    }
}

/// It may be said again: the order takes each change once.
fn of_order<'a, T: Serialize>(
    operation: &'static Operation,
    order_no: &'a OrderNo,
    body: &'a T,
) -> Call<'a, T> {
    Call { path_value: Some(order_no.as_str()), ..post(operation, body) }
}

fn order_names(names: OrdererName) -> (OrderNo, OrderNames) {
    let recipients = names.dlvp_list.into_iter().map(|address| (address.dlvp_seq, address.rcvmn_nm));
    let shown =
        OrderNames { orderer: names.ord_man_nm, recipients: recipients.collect(), is_masked: names.masked };
    (names.ord_no, shown)
}

fn current(snapshot: OrderSnapshot) -> Result<CurrentOrder, serde_json::Error> {
    let days = ClaimDays { returns: snapshot.rtn_days, exchanges: snapshot.exch_days };
    let delivered = snapshot.line_list.iter();
    let delivered_at = delivered.filter_map(|line| Some((line.ord_seq, line.dlvd_dtm?.utc()))).collect();
    let line_states = snapshot
        .line_list
        .into_iter()
        .map(|line| LineState {
            seq: line.ord_seq,
            status: line.ord_dtl_stat_cd,
            item_no: line.itm_no,
            item_name: line.itm_nm,
        })
        .collect();
    let (order, is_masked) = (snapshot.order, snapshot.masked);
    let group_addresses =
        order.deli_grp_list.iter().map(|group| (group.deli_grp_no, group.dlvp_seq)).collect();
    let (number, site_no, member_no) = (order.ord_no.clone(), order.site_no.clone(), order.mbr_no.clone());
    let (orderer_name, addresses) = (order.ord_man_nm.clone(), order.dlvp_list.clone());
    let terms = terms::write(order)?;
    let copy = OrderCopy { number, site_no, member_no, terms };
    Ok(CurrentOrder {
        copy,
        orderer_name,
        addresses,
        group_addresses,
        is_masked,
        line_states,
        delivered_at,
        days,
    })
}
