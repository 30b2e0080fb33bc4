//! Carries out what was put down in the outbox. Each may be asked for twice.

use db::{Db, DbConnection, DbError};
use platform::http_client::ServiceClient;
use service_kit::error::Error;
use service_kit::outbox_worker::Failure;

use super::outgoing::{Answered, DeleteFile, LearnGoodsName, answered_key};
use crate::clients::attachment_store::AttachmentStore;
use crate::clients::{catalogue, notifications};
use crate::domain::inquiry::{Inquiry, InquiryId};
use crate::store;

/// An inquiry that is purged meanwhile has nobody to tell.
pub async fn tell_answered(db: &Db, member: &ServiceClient, message: &Answered) -> Result<(), Failure> {
    let id = InquiryId(message.inquiry);
    let found: Option<Inquiry> =
        db.read(move |conn| store::inquiry::find(conn, id).map_err(DbError::from)).await?;
    match found {
        Some(inquiry) => {
            // A member who has withdrawn has no readable number any more; the hub tells it nothing anyway.
            Ok(notifications::tell_answered(member, &answered_key(id), &inquiry).await?)
        }
        None => Ok(()),
    }
}

pub async fn delete_file(store: &dyn AttachmentStore, message: &DeleteFile) -> Result<(), Failure> {
    store.delete(&message.file_no).await.map_err(|error| Failure::Later(service_kit::start::chain(&error)))
}

/// Goods the catalogue does not know keep no name.
pub async fn learn_goods_name(
    db: &Db,
    claim: &ServiceClient,
    message: &LearnGoodsName,
) -> Result<(), Failure> {
    let Some(name) = catalogue::find_goods_name(claim, &message.goods_no).await? else { return Ok(()) };
    let (id, goods_no) = (InquiryId(message.inquiry), message.goods_no.clone());
    db.write(move |conn| {
        store::inquiry::update_goods_name(conn, id, &goods_no, &name).map_err(DbError::from)
    })
    .await?;
    Ok(())
}

pub async fn empty_log(db: &Db) -> Result<(), Failure> {
    Ok(db.checkpoint().await?)
}

/// Folds all waiting changes of the daily counts.
pub async fn fold_counts(db: &Db) -> Result<usize, Error> {
    fold_all(db, store::daily_count::fold).await
}

/// Folds all waiting changes of the days' versions.
pub async fn fold_versions(db: &Db) -> Result<usize, Error> {
    fold_all(db, store::day_version::fold).await
}

async fn fold_all(
    db: &Db,
    fold: fn(&mut DbConnection, i64) -> diesel::QueryResult<usize>,
) -> Result<usize, Error> {
    const AT_ONCE: i64 = 2_000;
    let mut folded = 0;
    loop {
        let count = db.write(move |conn| Ok::<_, Error>(fold(conn, AT_ONCE)?)).await?;
        folded += count;
        if i64::try_from(count).unwrap_or(i64::MAX) < AT_ONCE {
            return Ok(folded);
        }
    }
}

/// Cuts some of the titles that are older than the release which searches their tails; says whether some are left.
pub async fn cut_older_titles(db: &Db) -> Result<bool, Error> {
    const AT_ONCE: i64 = 200;
    db.write(|conn| Ok::<_, Error>(store::title_tail::cut_older(conn, AT_ONCE)?)).await
}
