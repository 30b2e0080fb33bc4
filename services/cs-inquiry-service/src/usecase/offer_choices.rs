//! What a member may choose from while writing, asked of the sister services.

use commerce::period::Period;
use service_kit::error::Error;

use crate::domain::catalogue::{CatalogueItem, OrderedLine};
use crate::domain::writer::Writer;
use crate::refusals::sister_missing;
use crate::state::AppState;

/// Which page of a sister's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageWanted {
    pub page_no: i64,
    pub page_size: i64,
}

/// 문의 상품 검색: the number of all items that fit and a page of them.
pub async fn search_goods(
    state: &AppState,
    text: &str,
    page: PageWanted,
) -> Result<(i64, Vec<CatalogueItem>), Error> {
    state
        .clients
        .claim
        .search_goods(text, page.page_no, page.page_size)
        .await
        .map_err(|error| sister_missing(error, "상품을 잠시 검색할 수 없습니다. 잠시 후 다시 시도해 주세요."))
}

/// 문의 주문상품 조회: the number of all ordered lines of a period and a page of them.
pub async fn list_ordered_lines(
    state: &AppState,
    writer: &Writer,
    period: Period,
    page: PageWanted,
) -> Result<(i64, Vec<OrderedLine>), Error> {
    let Writer { member_no, site_no } = writer;
    let PageWanted { page_no, page_size } = page;
    state.clients.member.find_ordered_lines(member_no, site_no, period, page_no, page_size).await.map_err(
        |error| sister_missing(error, "주문 상품을 잠시 조회할 수 없습니다. 잠시 후 다시 시도해 주세요."),
    )
}
