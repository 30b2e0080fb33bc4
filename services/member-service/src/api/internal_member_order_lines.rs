//! GET `/internal/members/{mbrNo}/orderLines`

use actix_web::web;
use commerce::MemberNo;
use commerce::calendar::{kst_day_end, kst_day_start};
use dto::date_time::KstDateTime;
use dto::internal::{MemberOrderLine, MemberOrderLines, MemberOrderLinesQuery};
use dto::paging::PageQuery;
use platform::answer::Answer;
use platform::error::Problem;
use platform::extract::{PathValue, Query};
use service_kit::error::Error;

use crate::domain::ordered_line::OrderedLine;
use crate::state::AppState;
use crate::usecase::read_order_lines::read_order_lines;

/// 회원 주문상품 조회
pub async fn internal_member_order_lines(
    state: web::Data<AppState>,
    PathValue(member_no): PathValue,
    query: Query<MemberOrderLinesQuery>,
) -> Result<Answer, Error> {
    let (query, mut form) = query.open();
    let member_no = form.required("mbrNo", Some(&member_no), MemberNo::parse);
    let page = PageQuery { page_no: query.page_no, page_size: query.page_size };
    let page = page.validate().map_err(Problem::validation)?;
    let member_no = form.complete(member_no)?;
    let ordered = kst_day_start(query.str_dt.0)..kst_day_end(query.end_dt.0);
    let (total_count, lines) =
        read_order_lines(&state.db, member_no, query.site_no, ordered, page.limit(), page.offset()).await?;
    let list = lines.into_iter().map(wire).collect();
    Ok(Answer::bare(&MemberOrderLines { total_count, list })?)
}

fn wire(line: OrderedLine) -> MemberOrderLine {
    MemberOrderLine {
        ord_no: line.order_no,
        ord_dtm: KstDateTime(line.ordered_at),
        ord_seq: line.seq,
        goods_no: line.goods_no,
        goods_nm: line.goods_name,
        itm_no: line.item_no,
        itm_nm: line.item_name,
        goods_img: line.goods_image,
        ord_qty: line.quantity,
        sale_prc: line.unit_price,
        ord_dtl_stat_cd: line.status,
    }
}
