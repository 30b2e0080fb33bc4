//! 처리과제

use std::collections::HashMap;

use chrono::NaiveDateTime;
use commerce::{ClaimNo, Yn};
use db::DbConnection;
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use diesel::sql_types::{Integer, Nullable, Text, Timestamp};

use crate::domain::saga::{ClaimSaga, Outcome, Task, TaskState};
use crate::store::schema::claim_task;
use crate::store::{from_text, to_text};

db::insert_rows! {
    struct NewRow<'a> into "claim_task" {
        claim_no: &'a str = Text,
        task_seq: i32 = Integer,
        eff_key: String = Text,
        step_cd: &'static str = Text,
        eff_doc: String = Text,
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim_task)]
struct Row {
    eff_doc: String,
    rslt_cd: Option<String>,
    try_cnt: i32,
    rfsd_yn: Yn,
    chg_dtm: Option<NaiveDateTime>,
}

impl Row {
    fn into_task(self) -> QueryResult<Task> {
        Ok(Task {
            effect: from_text(&self.eff_doc)?,
            state: match self.rslt_cd {
                None => TaskState::Waiting,
                Some(code) => TaskState::Done(outcome_of(&code)?),
            },
            tries: u32::try_from(self.try_cnt).unwrap_or(0),
            is_refused: self.rfsd_yn.into(),
            changed_at: self.chg_dtm.map(|at| at.and_utc()),
        })
    }
}

/// Puts the tasks of a claim down in their order.
pub fn insert(conn: &mut DbConnection, saga: &ClaimSaga) -> QueryResult<()> {
    insert_from(conn, saga, 0)
}

/// Puts the tasks down that a claim calls for beside those it has: `saga` has both.
pub fn append(conn: &mut DbConnection, saga: &ClaimSaga, known: usize) -> QueryResult<()> {
    insert_from(conn, saga, known)
}

fn insert_from(conn: &mut DbConnection, saga: &ClaimSaga, known: usize) -> QueryResult<()> {
    let rows: Vec<NewRow<'_>> = (0..)
        .zip(saga.tasks())
        .skip(known)
        .map(|(task_seq, task)| {
            Ok(NewRow {
                claim_no: saga.claim_no().as_str(),
                task_seq,
                eff_key: task.effect.key(saga.claim_no()).to_string(),
                step_cd: task.effect.saga_step().code(),
                eff_doc: to_text(&task.effect)?,
            })
        })
        .collect::<QueryResult<_>>()?;
    NewRow::insert_all(conn, &rows).map(drop)
}

/// The tasks of a claim in their order. Who changes one holds the claim locked.
pub fn find(conn: &mut DbConnection, claim_no: &ClaimNo) -> QueryResult<Vec<Task>> {
    let rows: Vec<Row> = claim_task::table
        .filter(claim_task::claim_no.eq(claim_no))
        .order(claim_task::task_seq)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::into_task).collect()
}

/// 과제상태: how far a task has come, without what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownTask {
    pub is_done: bool,
    pub tries: u32,
    pub is_refused: bool,
}

/// How far the tasks of these keys have come.
pub fn find_known(conn: &mut DbConnection, keys: &[&str]) -> QueryResult<HashMap<String, KnownTask>> {
    let rows: Vec<(String, Option<String>, i32, Yn)> = claim_task::table
        .filter(claim_task::eff_key.eq_any(keys))
        .select((claim_task::eff_key, claim_task::rslt_cd, claim_task::try_cnt, claim_task::rfsd_yn))
        .load(conn)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(key, result, tries, is_refused)| {
            let tries = u32::try_from(tries).unwrap_or(0);
            (key, KnownTask { is_done: result.is_some(), tries, is_refused: is_refused.into() })
        })
        .collect())
}

/// Writes the tasks of a claim that are not as they were.
pub fn update(conn: &mut DbConnection, before: &[Task], after: &ClaimSaga) -> QueryResult<()> {
    for (task_seq, (was, task)) in (0..).zip(before.iter().zip(after.tasks())) {
        if was == task {
            continue;
        }
        let task_seq: i32 = task_seq;
        UpdateTask {
            result: code_of(task.state),
            tries: i32::try_from(task.tries).unwrap_or(i32::MAX),
            is_refused: Yn::from(task.is_refused).code(),
            changed_at: task.changed_at.map(|at| at.naive_utc()),
            claim_no: after.claim_no().as_str(),
            task_seq,
        }
        .execute(conn)?;
    }
    Ok(())
}

// On every cancel's way: `cancels` of `make bench` measures it.
db::statement! {
    struct UpdateTask<'a> {
        result: Option<&'static str> = Nullable<Text>,
        tries: i32 = Integer,
        is_refused: &'static str = Text,
        changed_at: Option<NaiveDateTime> = Nullable<Timestamp>,
        claim_no: &'a str = Text,
        task_seq: i32 = Integer,
    }
    sql {
        "UPDATE claim_task SET rslt_cd = " {result} ", try_cnt = " {tries} ", rfsd_yn = " {is_refused}
        ", chg_dtm = " {changed_at} " WHERE claim_no = " {claim_no} " AND task_seq = " {task_seq}
    }
}

/// Claims with a waiting task that was refused, or has been tried so often, in the order of their numbers.
pub fn list_in_trouble(
    conn: &mut DbConnection,
    tries: u32,
    after: Option<&ClaimNo>,
    limit: i64,
) -> QueryResult<Vec<ClaimNo>> {
    let tries = i32::try_from(tries).unwrap_or(i32::MAX);
    claim_task::table
        .filter(claim_task::rslt_cd.is_null())
        .filter(claim_task::rfsd_yn.eq(Yn::Yes).or(claim_task::try_cnt.ge(tries)))
        .filter(claim_task::claim_no.gt(after.map_or("", ClaimNo::as_str)))
        .order(claim_task::claim_no)
        .select(claim_task::claim_no)
        .distinct()
        .limit(limit)
        .load(conn)
}

const fn code_of(state: TaskState) -> Option<&'static str> {
    match state {
        TaskState::Waiting => None,
        TaskState::Done(Outcome::Done) => Some("10"),
        TaskState::Done(Outcome::CouponExpired) => Some("20"),
        TaskState::Done(Outcome::CouponUnknown) => Some("30"),
        TaskState::Done(Outcome::CouponUsedElsewhere) => Some("40"),
    }
}

fn outcome_of(code: &str) -> QueryResult<Outcome> {
    match code {
        "10" => Ok(Outcome::Done),
        "20" => Ok(Outcome::CouponExpired),
        "30" => Ok(Outcome::CouponUnknown),
        "40" => Ok(Outcome::CouponUsedElsewhere),
        other => Err(QueryError::DeserializationError(format!("`{other}` is no outcome").into())),
    }
}
