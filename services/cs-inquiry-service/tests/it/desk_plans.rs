//! On PostgreSQL, with many inquiries, what agents' pages ask all day reads indexes and nothing else.

use commerce::calendar::FIRST;
use commerce::{InquiryStatus, ListOrder};
use cs_inquiry_service::domain::counsel_list::{ListFilter, PageStart};
use cs_inquiry_service::domain::inquiry::InquiryId;
use cs_inquiry_service::store::inquiry::explain_next;
use cs_inquiry_service::store::inquiry_list::explain_page;
use cs_inquiry_service::store::{counsel_state, desk_agent, desk_count};
use db::Backend;
use diesel::connection::SimpleConnection as _;

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
    // The oldest that wait, whatever else there is.
    for type_ids in [vec![], vec![9090], vec![4010, 9090]] {
        let filter = ListFilter {
            statuses: vec![InquiryStatus::Received],
            type_ids,
            order: ListOrder::OldestFirst,
            ..ListFilter::default()
        };
        for start in
            [PageStart::Skipping(0), PageStart::OnDay { day: "2025-06-01".parse().unwrap(), skip: 3 }]
        {
            let asked = filter.clone();
            let plan = app.query(move |conn| explain_page(conn, &asked, start, 50)).await;
            check_plan("the oldest", &plan);
            assert!(plan.contains("counsel_by_status") && !plan.contains("Sort"), "{plan}");
        }
    }
    let next = app.query(|conn| explain_next(conn, FIRST, &[4010, 9090])).await;
    check_plan("the next", &next);
    assert_eq!((next.matches("counsel_by_status").count(), next.contains("Sort")), (2, false), "{next}");
    let ids: Vec<InquiryId> = (1_010_000..1_010_100).map(InquiryId).collect();
    app.query(|conn| {
        conn.batch_execute(
            "INSERT INTO counsel_history (ccn_no, seq, dtm, user_id, act_cd, from_stat_cd, to_stat_cd)
             SELECT ccn_no, 1, accp_dtm, proc_user_id, 'START', '10', '20' FROM counsel WHERE proc_user_id IS NOT NULL;
             ANALYZE counsel_history",
        )
    })
    .await;
    let agents = app.query(|conn| desk_agent::explain(conn, noon())).await;
    check_plan("agents", &agents);
    assert!(
        agents.contains("counsel_history_by_agent") && agents.contains("counsel_in_progress"),
        "{agents}"
    );
    let states = app.query(move |conn| counsel_state::explain(conn, &ids)).await;
    check_plan("states", &states);
    assert!(states.contains("counsel_pkey") && states.contains("counsel_history_pkey"), "{states}");
}
