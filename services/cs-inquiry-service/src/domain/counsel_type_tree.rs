//! 상담유형: the tree of what an inquiry can be about.

use std::collections::{HashMap, HashSet};

use super::inquiry_rules::Requirements;

/// Levels there may be; more than a member would care to click through.
pub const DEEPEST_LEVEL: i32 = 3;

/// 상담유형
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounselType {
    pub id: i64,
    pub name: String,
    pub parent: Option<i64>,
    pub sort_seq: i32,
    pub is_used: bool,
    pub requirements: Requirements,
}

/// A type with its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedType {
    pub counsel_type: CounselType,
    /// From 1 at the top.
    pub level: i32,
    /// Whether it and everything above it is in use.
    pub is_offered: bool,
}

/// Why a type can't hang where it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeRefusal {
    #[error("there is no such parent")]
    NoSuchParent,
    #[error("a type can't hang below itself")]
    BelowItself,
    #[error("the tree would be deeper than it may be")]
    TooDeep,
}

/// All types, parents before their children, brothers by `sort_seq` and number.
pub fn in_order(types: Vec<CounselType>) -> Vec<PlacedType> {
    let mut children: HashMap<Option<i64>, Vec<CounselType>> = HashMap::new();
    for counsel_type in types {
        children.entry(counsel_type.parent).or_default().push(counsel_type);
    }
    for brothers in children.values_mut() {
        // The last comes first, because the stack below gives back what was put last.
        brothers.sort_by_key(|one| std::cmp::Reverse((one.sort_seq, one.id)));
    }
    let mut placed = Vec::new();
    let mut waiting: Vec<PlacedType> = placed_below(&mut children, None, 1, true);
    while let Some(next) = waiting.pop() {
        let below = placed_below(&mut children, Some(next.counsel_type.id), next.level + 1, next.is_offered);
        placed.push(next);
        waiting.extend(below);
    }
    placed
}

fn placed_below(
    children: &mut HashMap<Option<i64>, Vec<CounselType>>,
    parent: Option<i64>,
    level: i32,
    is_parent_offered: bool,
) -> Vec<PlacedType> {
    let place = |counsel_type: CounselType| {
        let is_offered = is_parent_offered && counsel_type.is_used;
        PlacedType { counsel_type, level, is_offered }
    };
    children.remove(&parent).unwrap_or_default().into_iter().map(place).collect()
}

/// A type and everything below it.
pub fn with_descendants(types: &[CounselType], root: i64) -> Vec<i64> {
    let mut found = vec![root];
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        found.extend(types.iter().filter(|one| one.parent == Some(parent)).map(|one| one.id));
        at += 1;
    }
    found
}

/// Whether a type, or a new one, may hang below `parent`.
pub fn check_parent(
    types: &[CounselType],
    moved: Option<i64>,
    parent: Option<i64>,
) -> Result<(), TreeRefusal> {
    let above = match parent {
        None => 0,
        Some(parent) => levels_above(types, moved, parent)?,
    };
    let below = moved.map_or(1, |moved| height(types, moved));
    if above + below > DEEPEST_LEVEL { Err(TreeRefusal::TooDeep) } else { Ok(()) }
}

/// How deep `parent` itself lies.
fn levels_above(types: &[CounselType], moved: Option<i64>, parent: i64) -> Result<i32, TreeRefusal> {
    let by_id: HashMap<i64, &CounselType> = types.iter().map(|one| (one.id, one)).collect();
    let mut seen = HashSet::new();
    let mut at = Some(parent);
    let mut levels = 0;
    while let Some(id) = at {
        if Some(id) == moved || !seen.insert(id) {
            return Err(TreeRefusal::BelowItself);
        }
        at = by_id.get(&id).ok_or(TreeRefusal::NoSuchParent)?.parent;
        levels += 1;
    }
    Ok(levels)
}

/// Levels of the tree that hangs on a type, itself included.
fn height(types: &[CounselType], root: i64) -> i32 {
    let mut row = vec![root];
    let mut height = 0;
    while !row.is_empty() && height <= DEEPEST_LEVEL {
        height += 1;
        row = types
            .iter()
            .filter(|one| one.parent.is_some_and(|parent| row.contains(&parent)))
            .map(|one| one.id)
            .collect();
    }
    height
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counsel_type(id: i64, parent: Option<i64>, sort_seq: i32, is_used: bool) -> CounselType {
        let requirements = Requirements { goods: false, order: false };
        CounselType { id, name: id.to_string(), parent, sort_seq, is_used, requirements }
    }

    fn types() -> Vec<CounselType> {
        vec![
            counsel_type(21, Some(2), 1, true),
            counsel_type(1, None, 20, true),
            counsel_type(2, None, 10, false),
            counsel_type(12, Some(1), 10, true),
            counsel_type(11, Some(1), 10, true),
            counsel_type(111, Some(11), 1, true),
        ]
    }

    #[test]
    fn parents_come_before_their_children_and_brothers_in_order() {
        let placed = in_order(types());
        let shown: Vec<(i64, i32, bool)> =
            placed.iter().map(|one| (one.counsel_type.id, one.level, one.is_offered)).collect();
        assert_eq!(
            shown,
            [(2, 1, false), (21, 2, false), (1, 1, true), (11, 2, true), (111, 3, true), (12, 2, true)]
        );
    }

    #[test]
    fn a_type_has_those_below_it() {
        assert_eq!(with_descendants(&types(), 1), [1, 12, 11, 111]);
        assert_eq!(with_descendants(&types(), 12), [12]);
    }

    #[test]
    fn a_type_hangs_below_another_that_is_not_below_it_and_not_too_deep() {
        let check = |moved, parent| check_parent(&types(), moved, parent);
        assert_eq!(check(None, None), Ok(()));
        assert_eq!(check(None, Some(11)), Ok(()));
        assert_eq!(check(None, Some(111)), Err(TreeRefusal::TooDeep));
        assert_eq!(check(None, Some(99)), Err(TreeRefusal::NoSuchParent));
        assert_eq!(check(Some(1), Some(1)), Err(TreeRefusal::BelowItself));
        assert_eq!(check(Some(1), Some(111)), Err(TreeRefusal::BelowItself));
        assert_eq!(check(Some(11), Some(12)), Err(TreeRefusal::TooDeep));
        assert_eq!(check(Some(11), None), Ok(()));
        assert_eq!(check(Some(1), Some(2)), Err(TreeRefusal::TooDeep));
    }
}
