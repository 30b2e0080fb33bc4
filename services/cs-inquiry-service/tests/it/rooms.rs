//! The rooms of this service keep to the arrows of every service.

#[test]
fn no_room_knows_what_it_must_not() {
    test_kit::rooms::check_service(concat!(env!("CARGO_MANIFEST_DIR"), "/src"), &[]);
}
