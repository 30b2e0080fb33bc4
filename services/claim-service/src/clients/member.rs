//! member-service: it keeps the orders.

mod terms;
#[cfg(test)]
mod tests;
mod to_domain;

use commerce::OrderNo;
use dto::internal::{
    Decided, OrderClaim, OrderCustomsCode, OrderDecision, OrderOptionChange, OrdererNames, OrdererNamesQuery,
};
use dto::notification::NotifyRequest;
use dto::operations::member::{
    INTERNAL_NOTIFICATIONS, INTERNAL_ORDER, INTERNAL_ORDER_CLAIMS, INTERNAL_ORDER_CUSTOMS_CODES,
    INTERNAL_ORDER_OPTIONS, INTERNAL_ORDERER_NAMES,
};
use dto::order::{DeliveryAddress, OrderSnapshot};
use dto::result_code::ResultCode;
use platform::http_client::{Call, ClientError, Repeat, ServiceClient, post};

use crate::domain::order::LineState;
use crate::domain::pinned_order::{OrderCopy, PinnedOrder};

pub use to_domain::UnreadableOrder;

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
    pub line_states: Vec<LineState>,
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

    /// 주문자명 조회, 500 orders at most; those that do not exist are left out.
    pub async fn orderer_names(&self, numbers: Vec<OrderNo>) -> Result<Vec<(OrderNo, String)>, ClientError> {
        let query = OrdererNamesQuery { ord_no_list: numbers };
        let names: OrdererNames = self.0.call(post(&INTERNAL_ORDERER_NAMES, &query)).await?.bare()?;
        Ok(names.list.into_iter().map(|one| (one.ord_no, one.ord_man_nm)).collect())
    }

    /// 옵션변경 반영: once per claim number, and a repeat hears the first decision again.
    pub async fn change_option(
        &self,
        order_no: &OrderNo,
        change: &OrderOptionChange,
    ) -> Result<Decided, ClientError> {
        let call = Call {
            operation: &INTERNAL_ORDER_OPTIONS,
            path_value: Some(order_no.as_str()),
            query: &[],
            body: Some(change),
            repeat: Repeat::Safe,
        };
        let answer: OrderDecision = self.0.call(call).await?.bare()?;
        Ok(answer.decision)
    }

    /// 개인통관고유부호 반영; a repeat changes nothing.
    pub async fn change_customs_code(
        &self,
        order_no: &OrderNo,
        code: &OrderCustomsCode,
    ) -> Result<(), ClientError> {
        let call = Call {
            operation: &INTERNAL_ORDER_CUSTOMS_CODES,
            path_value: Some(order_no.as_str()),
            query: &[],
            body: Some(code),
            repeat: Repeat::Safe,
        };
        self.0.call(call).await.map(drop)
    }

    /// 클레임 반영: once per claim number, and a repeat hears the first decision again.
    pub async fn take_claim(&self, order_no: &OrderNo, claim: &OrderClaim) -> Result<Decided, ClientError> {
        let call = Call {
            operation: &INTERNAL_ORDER_CLAIMS,
            path_value: Some(order_no.as_str()),
            query: &[],
            body: Some(claim),
            repeat: Repeat::Safe,
        };
        let answer: OrderDecision = self.0.call(call).await?.bare()?;
        Ok(answer.decision)
    }

    /// 알림 발송 요청, once per key in it.
    pub async fn notify(&self, request: &NotifyRequest) -> Result<(), ClientError> {
        self.0.call(post(&INTERNAL_NOTIFICATIONS, request)).await.map(drop)
    }
}

/// Reads what was kept of an order.
pub fn read_copy(copy: &OrderCopy) -> Result<PinnedOrder, UnreadableOrder> {
    to_domain::pinned(copy)
}

fn current(snapshot: OrderSnapshot) -> Result<CurrentOrder, serde_json::Error> {
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
    let order = snapshot.order;
    let (number, site_no, member_no) = (order.ord_no.clone(), order.site_no.clone(), order.mbr_no.clone());
    let (orderer_name, addresses) = (order.ord_man_nm.clone(), order.dlvp_list.clone());
    let terms = serde_json::to_string(&terms::Terms::of(order))?;
    let copy = OrderCopy { number, site_no, member_no, terms };
    Ok(CurrentOrder { copy, orderer_name, addresses, line_states })
}
