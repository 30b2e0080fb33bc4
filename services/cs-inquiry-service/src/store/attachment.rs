//! 첨부파일: what is known of a file; its bytes lie elsewhere.
//!
//! A row comes before the bytes and, without an inquiry, is a claim nobody has made yet. So whatever breaks off in
//! between, there is a row by which the bytes are found and removed.

use chrono::{DateTime, NaiveDateTime, Utc};
use commerce::FileNo;
use db::{DbConnection, each_backend};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::domain::attachment::{Attachment, FileKind};
use crate::domain::inquiry::InquiryId;
use crate::store::schema::attachment;

/// Puts files down before their bytes are stored.
pub fn insert_unclaimed(
    conn: &mut DbConnection,
    files: &[Attachment],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let rows: Vec<NewRow<'_>> = files
        .iter()
        .map(|file| NewRow {
            file_no: &file.file_no,
            file_nm: &file.name,
            bytes: file.bytes,
            media_type: file.kind.media_type(),
            reg_dtm: now.naive_utc(),
        })
        .collect();
    each_backend!(conn, |inner| diesel::insert_into(attachment::table).values(&rows).execute(inner))
}

/// Gives a file to its inquiry, behind those it has; `false` when it was collected meanwhile.
pub fn claim(conn: &mut DbConnection, file_no: &FileNo, inquiry: InquiryId) -> QueryResult<bool> {
    Ok(Claim { file_no: file_no.as_str(), id: inquiry.0 }.execute(conn)? == 1)
}

/// The files of an inquiry, in the order they came.
pub fn find_of(conn: &mut DbConnection, inquiry: InquiryId) -> QueryResult<Vec<Attachment>> {
    let rows: Vec<FileRow> = attachment::table
        .filter(attachment::ccn_no.eq(inquiry.0))
        .order((attachment::seq, attachment::file_no))
        .select(FileRow::as_select())
        .load(conn)?;
    rows.into_iter().map(FileRow::into_attachment).collect()
}

/// A file that belongs to an inquiry.
pub fn find(conn: &mut DbConnection, file_no: &FileNo) -> QueryResult<Option<Attachment>> {
    let row: Option<FileRow> = attachment::table
        .find(file_no)
        .filter(attachment::ccn_no.is_not_null())
        .select(FileRow::as_select())
        .first(conn)
        .optional()?;
    row.map(FileRow::into_attachment).transpose()
}

pub fn delete(conn: &mut DbConnection, file_no: &FileNo) -> QueryResult<bool> {
    Ok(diesel::delete(attachment::table.find(file_no)).execute(conn)? == 1)
}

/// Takes away up to `limit` files that nobody has claimed since before `before`, and says which.
pub fn delete_unclaimed(
    conn: &mut DbConnection,
    before: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<FileNo>> {
    let old = diesel::alias!(attachment as old);
    let (file_no, since) = (old.field(attachment::file_no), old.field(attachment::reg_dtm));
    let oldest = old
        .filter(old.field(attachment::ccn_no).is_null())
        .filter(since.lt(before.naive_utc()))
        .order((since, file_no))
        .limit(limit)
        .select(file_no);
    // Unclaimed is asked once more outside: an upload may claim its file between the two looks.
    let unclaimed =
        attachment::table.filter(attachment::ccn_no.is_null()).filter(attachment::file_no.eq_any(oldest));
    each_backend!(conn, |inner| diesel::delete(unclaimed).returning(attachment::file_no).load(inner))
}

#[derive(Insertable)]
#[diesel(table_name = attachment)]
struct NewRow<'a> {
    file_no: &'a FileNo,
    file_nm: &'a str,
    bytes: i64,
    media_type: &'a str,
    reg_dtm: NaiveDateTime,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachment)]
struct FileRow {
    file_no: FileNo,
    ccn_no: Option<i64>,
    file_nm: String,
    bytes: i64,
    media_type: String,
}

impl FileRow {
    fn into_attachment(self) -> QueryResult<Attachment> {
        let kind = FileKind::from_media_type(&self.media_type).ok_or_else(|| {
            diesel::result::Error::DeserializationError("a stored file is of an unknown kind".into())
        })?;
        Ok(Attachment {
            file_no: self.file_no,
            inquiry: self.ccn_no.map(InquiryId),
            name: self.file_nm,
            bytes: self.bytes,
            kind,
        })
    }
}

// diesel would need an alias of the table and `coalesce` declared, which is longer.
db::statement! {
    struct Claim<'a> {
        file_no: &'a str = Text,
        id: i64 = BigInt,
    }
    sql {
        "UPDATE attachment SET ccn_no = " {id} ", seq = (SELECT coalesce(max(seq), 0) + 1 FROM attachment \
         WHERE ccn_no = " {id} ") WHERE file_no = " {file_no} " AND ccn_no IS NULL"
    }
}
