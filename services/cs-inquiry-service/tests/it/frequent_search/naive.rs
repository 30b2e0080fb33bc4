//! What a search should find, reckoned by reading every inquiry.

use chrono::{NaiveDate, NaiveDateTime};
use commerce::calendar::kst_date_of;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use test_kit::identity::agent;

use super::day;
use crate::app::TestApp;
use crate::random::Random;

#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = BigInt)]
    pub(super) ccn_no: i64,
    #[diesel(sql_type = Text)]
    title_fold: String,
    #[diesel(sql_type = Text)]
    pub(super) cnsl_stat_cd: String,
    #[diesel(sql_type = BigInt)]
    cnsl_typ_no: i64,
    #[diesel(sql_type = Nullable<Text>)]
    proc_user_id: Option<String>,
    #[diesel(sql_type = Timestamp)]
    accp_dtm: NaiveDateTime,
}

impl Row {
    fn day(&self) -> NaiveDate {
        kst_date_of(self.accp_dtm.and_utc())
    }
}

/// All inquiries that are not deleted, the newest first.
pub(super) async fn rows(app: &TestApp) -> Vec<Row> {
    let sql = "SELECT ccn_no, title_fold, cnsl_stat_cd, cnsl_typ_no, proc_user_id, accp_dtm FROM counsel \
        WHERE del_dtm IS NULL ORDER BY accp_dtm DESC, ccn_no DESC";
    app.query(move |conn| diesel::sql_query(sql).load(conn)).await
}

#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    part: String,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    /// One or several, with commas between.
    status: Option<&'static str>,
    is_oldest_first: bool,
    kind: Option<i64>,
    agent: Option<&'static str>,
}

impl Asked {
    pub(super) fn for_part(part: &str, status: Option<&'static str>) -> Self {
        Self { part: part.to_owned(), status, ..Self::default() }
    }

    pub(super) fn of(random: &mut Random) -> Self {
        let part = match random.below(5) {
            // Longer than a tail, so that titles have to be read.
            0 => random.text(9),
            // Of no part at all, so that the daily counts say all.
            1 => String::new(),
            _ => random.text(2),
        };
        let mut asked = Self { part: part.trim().to_owned(), ..Self::default() };
        if random.below(3) == 0 {
            asked.first_day = Some(day(random.below(20)));
            asked.last_day = asked.first_day.map(|first| first + chrono::Days::new(random.below(12)));
        }
        if random.below(4) == 0 {
            asked.status =
                Some(*random.one_of(&["10", "20", "30", "10,20", "30,10", "20,30,20", "10,20,30"]));
        }
        if random.below(4) == 0 {
            asked.kind = Some(*random.one_of(&[9090, 5010, 9000, 5000]));
        }
        asked.is_oldest_first = random.below(2) == 0;
        if random.below(5) == 0 {
            asked.agent = Some(*random.one_of(&["agent-kim", "agent-lee"]));
        }
        asked
    }

    fn fits(&self, row: &Row) -> bool {
        row.title_fold.contains(&self.part)
            && self.first_day.is_none_or(|first| row.day() >= first)
            && self.last_day.is_none_or(|last| row.day() <= last)
            && self.status.is_none_or(|status| status.split(',').any(|code| row.cnsl_stat_cd == code))
            && self.kind.is_none_or(|kind| row.cnsl_typ_no == kind || row.cnsl_typ_no / 1_000 * 1_000 == kind)
            && self.agent.is_none_or(|agent| row.proc_user_id.as_deref() == Some(agent))
    }

    fn query(&self) -> String {
        let mut query = format!("searchNm={}", utf8_percent_encode(&self.part, NON_ALPHANUMERIC));
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                query += &format!("&{name}={value}");
            }
        };
        add("strDt", self.first_day.map(|day| day.to_string()));
        add("endDt", self.last_day.map(|day| day.to_string()));
        add("cnslStatCd", self.status.map(str::to_owned));
        add("sortCd", self.is_oldest_first.then(|| "20".to_owned()));
        add("cnslTypNo", self.kind.map(|kind| kind.to_string()));
        add("procUserId", self.agent.map(str::to_owned));
        query
    }
}

/// Asks and compares: either a page that is jumped to, or all pages one after the other.
pub(super) async fn check(
    app: &TestApp,
    random: &mut Random,
    asked: &Asked,
    rows: &[Row],
    who: &str,
) -> usize {
    let mut expected: Vec<String> =
        rows.iter().filter(|row| asked.fits(row)).map(|row| row.ccn_no.to_string()).collect();
    if asked.is_oldest_first {
        expected.reverse();
    }
    let page_size = usize::try_from(1 + random.below(7)).unwrap();
    let pages = expected.len() / page_size + 1;
    let turned: Vec<usize> = match random.below(4) {
        0 => (1..=pages).collect(),
        _ => vec![usize::try_from(1 + random.below(u64::try_from(pages).unwrap())).unwrap()],
    };
    for page_no in turned {
        let query = format!("{}&pageNo={page_no}&pageSize={page_size}", asked.query());
        let list = app.list(&agent(who), &query).await;
        assert_eq!(list.status, 200, "{asked:?}: {}", list.text);
        assert_eq!(list.json["totalCount"], expected.len(), "{asked:?}");
        let from = ((page_no - 1) * page_size).min(expected.len());
        let shown: Vec<&str> = list.json["payloads"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["ccnNo"].as_str().unwrap())
            .collect();
        let until = (from + page_size).min(expected.len());
        assert_eq!(shown, expected[from..until], "{asked:?} page {page_no} of {page_size}");
    }
    expected.len()
}
