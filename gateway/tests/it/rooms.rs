//! The rooms of the gateway keep to their arrows.

use std::path::Path;

use test_kit::rooms;

/// Each room with the rooms it may use, from the street inwards.
const ARROWS: &[(&str, &[&str])] = &[
    ("app", &["worker", "pages", "door", "limits", "wire", "settings", "per_service"]),
    ("worker", &["error", "pages", "wire", "door", "limits", "edge_status"]),
    ("error", &["wire", "door"]),
    ("pages", &["door", "settings"]),
    ("wire", &["door", "limits", "settings", "per_service"]),
    ("door", &["limits", "settings", "per_service"]),
    ("limits", &["settings", "per_service"]),
    ("settings", &["edge_status"]),
    ("edge_status", &[]),
    ("per_service", &[]),
];

#[test]
fn no_room_uses_another_that_no_arrow_leads_to() {
    rooms::check(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), ARROWS);
}

#[test]
fn no_arrows_lead_in_a_circle() {
    rooms::check_no_circle(ARROWS);
}
