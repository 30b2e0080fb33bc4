//! What is declared is served: no operation is documented and routed to a service that has no handler for it.

use service_kit::routes::Routes;

fn services() -> [(&'static str, Routes); 4] {
    [
        ("member-service", member_service::routes::routes()),
        ("cs-inquiry-service", cs_inquiry_service::routes::routes()),
        ("promotion-service", promotion_service::routes::routes()),
        ("claim-service", claim_service::routes::routes()),
    ]
}

#[test]
fn every_declared_operation_has_its_handler() {
    let mut declared = 0;
    for (service, routes) in services() {
        assert_eq!(routes.missing(), Vec::<&str>::new(), "{service}");
        declared += routes.declared().count();
    }
    // A handler can't be bound to anything else, so this is all that is served, beside what the gateway answers itself.
    let of_services = contract::operations::all().filter(|operation| operation.upstream.is_some());
    assert_eq!(declared, of_services.count());
}
