//! 조회조건과 순서 as terms of a query, of inquiries and of the tails of their titles alike.
//!
//! Whoever uses them names the types they speak of.

/// Adds the conditions that stand at an inquiry and at the tails of its title alike; `$of` is the table.
macro_rules! narrow_common {
    ($query:expr, $filter:expr, $of:ident) => {{
        let filter: &ListFilter = $filter;
        let mut query = $query;
        if let Some(begin) = filter.period.begin() {
            query = query.filter($of::accp_dtm.ge(begin.naive_utc()));
        }
        if let Some(end) = filter.period.end() {
            query = query.filter($of::accp_dtm.lt(end.naive_utc()));
        }
        query = match filter.statuses.as_slice() {
            [] => query,
            [one] => query.filter($of::cnsl_stat_cd.eq(*one)),
            several => query.filter($of::cnsl_stat_cd.eq_any(several.to_vec())),
        };
        query = match filter.type_ids.as_slice() {
            [] => query,
            [one] => query.filter($of::cnsl_typ_no.eq(*one)),
            several => query.filter($of::cnsl_typ_no.eq_any(several.to_vec())),
        };
        if let Some(agent) = &filter.agent {
            query = query.filter($of::proc_user_id.eq(agent.clone()));
        }
        query
    }};
}
pub(super) use narrow_common;

/// Puts a query in the order of a list; `$of` is the table.
macro_rules! in_order {
    ($query:expr, $order:expr, $of:ident) => {
        match $order {
            ListOrder::NewestFirst => $query.order(($of::accp_dtm.desc(), $of::ccn_no.desc())),
            ListOrder::OldestFirst => $query.order(($of::accp_dtm.asc(), $of::ccn_no.asc())),
        }
    };
}
pub(super) use in_order;

/// Puts a query in the order of a list and begins it where a page begins; `$of` is the table.
macro_rules! from_start {
    ($query:expr, $order:expr, $start:expr, $of:ident) => {{
        let order: ListOrder = $order;
        let query = in_order!($query, order, $of);
        match ($start, order) {
            // The first half says to an index where to begin, the second what of that instant is behind.
            (PageStart::Behind(Place { accepted_at, id }), ListOrder::NewestFirst) => {
                let at = accepted_at.naive_utc();
                let is_behind = $of::accp_dtm.lt(at).or($of::ccn_no.lt(id.0));
                query.filter($of::accp_dtm.le(at)).filter(is_behind)
            }
            (PageStart::Behind(Place { accepted_at, id }), ListOrder::OldestFirst) => {
                let at = accepted_at.naive_utc();
                let is_behind = $of::accp_dtm.gt(at).or($of::ccn_no.gt(id.0));
                query.filter($of::accp_dtm.ge(at)).filter(is_behind)
            }
            (PageStart::OnDay { day, skip }, ListOrder::NewestFirst) => {
                query.filter($of::accp_dtm.lt(kst_day_end(day).naive_utc())).offset(skip)
            }
            (PageStart::OnDay { day, skip }, ListOrder::OldestFirst) => {
                query.filter($of::accp_dtm.ge(kst_day_start(day).naive_utc())).offset(skip)
            }
            (PageStart::Skipping(skip), _) => query.offset(skip),
        }
    }};
}
pub(super) use from_start;
