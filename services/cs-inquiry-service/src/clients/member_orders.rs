//! member-service: the member's own orders.

use commerce::{MemberNo, OrderNo, SiteNo};
use dto::date_time::KstDate;
use dto::internal::{MemberOrderLines, OrderOwnership};
use dto::operations::member;
use platform::http_client::{Call, ClientError, Repeat, ServiceClient};

use crate::domain::catalogue::{OrderedLine, OwnOrder};
use crate::domain::inquiry_rules::OrderLine;
use crate::domain::period::Period;

/// The number of all lines in a period and a page of them.
pub async fn find_ordered_lines(
    client: &ServiceClient,
    member_no: &MemberNo,
    site_no: &SiteNo,
    period: Period,
    page_no: i64,
    page_size: i64,
) -> Result<(i64, Vec<OrderedLine>), ClientError> {
    let day = |day: Option<chrono::NaiveDate>| KstDate(day.unwrap_or_default()).0.to_string();
    let (first_day, last_day) = (day(period.first_day), day(period.last_day));
    let (page_no, page_size) = (page_no.to_string(), page_size.to_string());
    let query = [
        ("siteNo", site_no.as_str()),
        ("strDt", &first_day),
        ("endDt", &last_day),
        ("pageNo", &page_no),
        ("pageSize", &page_size),
    ];
    let call = Call::<()> {
        operation: &member::INTERNAL_MEMBER_ORDER_LINES,
        path_value: Some(member_no.as_str()),
        query: &query,
        body: None,
        repeat: Repeat::Safe,
    };
    let answer: MemberOrderLines = client.call(call).await?.bare()?;
    let lines = answer
        .list
        .into_iter()
        .map(|row| OrderedLine {
            order_no: row.ord_no,
            ordered_at: row.ord_dtm.utc(),
            line: OrderLine {
                line: row.ord_seq,
                goods_no: row.goods_no,
                goods_name: row.goods_nm,
                item_no: row.itm_no,
            },
            item_name: row.itm_nm,
            image: row.goods_img,
            quantity: row.ord_qty,
            price: row.sale_prc,
            status: row.ord_dtl_stat_cd,
        })
        .collect();
    Ok((answer.total_count, lines))
}

/// The order if it is the member's own; `None` for another's and for one that does not exist, which look alike.
pub async fn find_own_order(
    client: &ServiceClient,
    member_no: &MemberNo,
    site_no: &SiteNo,
    order_no: &OrderNo,
) -> Result<Option<OwnOrder>, ClientError> {
    let call = Call::<()> {
        operation: &member::INTERNAL_ORDER_OWNERSHIP,
        path_value: Some(order_no.as_str()),
        query: &[("mbrNo", member_no.as_str()), ("siteNo", site_no.as_str())],
        body: None,
        repeat: Repeat::Safe,
    };
    let answer: OrderOwnership = client.call(call).await?.bare()?;
    let lines = answer.lines.into_iter().map(|row| OrderLine {
        line: row.ord_seq,
        goods_no: row.goods_no,
        goods_name: row.goods_nm,
        item_no: row.itm_no,
    });
    Ok(answer.is_own.then(|| OwnOrder { orderer: answer.ord_man_nm, lines: lines.collect() }))
}
