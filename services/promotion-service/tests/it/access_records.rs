//! What an agent is shown of a member is put down; what a member is shown of itself is not.

use test_kit::identity::{agent, member};
use test_kit::looks::noted;

use crate::app::{MEMBER, TestApp};

#[actix_web::test]
async fn coupons_and_mileage_leave_a_record_each() {
    let app = TestApp::start().await;
    for path in ["/v1/marketing/coupons", "/v1/marketing/mileage"] {
        assert_eq!(app.service.get(path, &member(MEMBER)).await.status, 200);
        assert_eq!(app.service.get(path, &agent("cs1")).await.status, 900, "of nobody");
    }
    assert_eq!(noted(&app.db).await, Vec::<[String; 5]>::new());
    for path in ["/v1/marketing/coupons", "/v1/marketing/mileage"] {
        assert_eq!(app.service.get(&format!("{path}?mbrNo={MEMBER}"), &agent("cs1")).await.status, 200);
    }
    let look = |operation: &str| ["cs1", operation, MEMBER, "-", "-"].map(str::to_owned);
    assert_eq!(noted(&app.db).await, [look("getCoupons"), look("mileage")]);
}
