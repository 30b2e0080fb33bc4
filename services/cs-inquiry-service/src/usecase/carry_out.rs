//! Carries out what was put down in the outbox. Each may be asked for twice.

use db::{Db, DbError};
use service_kit::outbox::worker::Failure;

use super::outgoing::{Answered, DeleteFile, LearnGoodsName, answered_key};
use crate::clients::attachment_store::AttachmentStore;
use crate::clients::claim::ClaimService;
use crate::clients::member::MemberService;
use crate::domain::inquiry::{Inquiry, InquiryId};
use crate::store;

/// An inquiry that is purged meanwhile has nobody to tell.
pub async fn tell_answered(db: &Db, member: &MemberService, message: &Answered) -> Result<(), Failure> {
    let id = InquiryId(message.inquiry);
    let found: Option<Inquiry> =
        db.read(move |conn| store::inquiry::find(conn, id).map_err(DbError::from)).await?;
    match found {
        Some(inquiry) => {
            // A member who has withdrawn has no readable number any more; the hub tells it nothing anyway.
            Ok(member.tell_answered(&answered_key(id), &inquiry).await?)
        }
        None => Ok(()),
    }
}

pub async fn delete_file(store: &dyn AttachmentStore, message: &DeleteFile) -> Result<(), Failure> {
    store.delete(&message.file_no).await.map_err(|error| Failure::Later(platform::error::chain(&error)))
}

/// Goods the catalogue does not know keep no name.
pub async fn learn_goods_name(
    db: &Db,
    claim: &ClaimService,
    message: &LearnGoodsName,
) -> Result<(), Failure> {
    let Some(name) = claim.find_goods_name(&message.goods_no).await? else { return Ok(()) };
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
