//! On PostgreSQL, with many inquiries, what agents' pages ask all day reads indexes and nothing else.

use cs_inquiry_service::domain::inquiry::InquiryId;
use cs_inquiry_service::store::{counsel_state, desk_count};
use db::Backend;

use crate::app::{TestApp, noon};
use crate::explain::{check_plan, fill};

#[actix_web::test]
async fn what_pages_ask_all_day_reads_indexes() {
    let app = TestApp::start().await;
    if app.db.backend() != Backend::Postgres {
        return;
    }
    fill(&app).await;

    let own = app.query(|conn| desk_count::explain_own(conn, "agent-1", noon())).await;
    check_plan("what is one's own", &own);
    for index in ["counsel_in_progress", "counsel_by_answerer"] {
        assert!(own.contains(index), "{own}");
    }
    let ids: Vec<InquiryId> = (1_010_000..1_010_100).map(InquiryId).collect();
    let states = app.query(move |conn| counsel_state::explain(conn, &ids)).await;
    check_plan("states", &states);
    assert!(states.contains("counsel_pkey") && states.contains("counsel_history_pkey"), "{states}");
}
