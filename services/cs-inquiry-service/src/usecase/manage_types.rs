//! 상담유형 관리

use contract::ResultCode;
use db::DbConnection;
use platform::clock::Clock;
use platform::error::Problem;
use service_kit::error::Error;

use crate::domain::counsel_type_tree::{CounselType, PlacedType, check_parent, in_order};
use crate::domain::inquiry_rules::Requirements;
use crate::refusals::tree_hint;
use crate::state::AppState;
use crate::store::counsel_type;

/// 저장할 상담유형: of a known one, what is not said stays as it is.
#[derive(Clone, Debug)]
pub struct TypeDraft {
    pub id: Option<i64>,
    pub name: String,
    /// `Some(None)` puts it at the top of the tree.
    pub parent: Option<Option<i64>>,
    pub sort_seq: Option<i32>,
    pub is_used: Option<bool>,
    pub needs_goods: Option<bool>,
    pub needs_order: Option<bool>,
}

/// All types, in the order of the tree.
pub async fn list_types(state: &AppState) -> Result<Vec<PlacedType>, Error> {
    let types = state.db.read(|conn| Ok::<_, Error>(counsel_type::find_all(conn)?)).await?;
    Ok(in_order(types))
}

/// Adds or changes a type; says its number.
pub fn save_type(conn: &mut DbConnection, clock: &Clock, draft: &TypeDraft) -> Result<i64, Error> {
    let types = counsel_type::lock_all(conn)?;
    let before = match draft.id {
        Some(id) => {
            let known = types.iter().find(|one| one.id == id).cloned();
            known.ok_or_else(|| Problem::new(ResultCode::CounselTypeNotFound))?
        }
        None => CounselType {
            id: 0,
            name: String::new(),
            parent: None,
            sort_seq: 0,
            is_used: true,
            requirements: Requirements { goods: false, order: false },
        },
    };
    let saved = CounselType {
        id: before.id,
        name: draft.name.clone(),
        parent: draft.parent.unwrap_or(before.parent),
        sort_seq: draft.sort_seq.unwrap_or(before.sort_seq),
        is_used: draft.is_used.unwrap_or(before.is_used),
        requirements: Requirements {
            goods: draft.needs_goods.unwrap_or(before.requirements.goods),
            order: draft.needs_order.unwrap_or(before.requirements.order),
        },
    };
    check_parent(&types, draft.id, saved.parent)
        .map_err(|refusal| Problem::new(ResultCode::Validation).at("uprCnslTypNo", tree_hint(refusal)))?;
    if draft.id.is_some() {
        counsel_type::update(conn, &saved, clock.now())?;
        Ok(saved.id)
    } else {
        Ok(counsel_type::insert(conn, &saved, clock.now())?)
    }
}
