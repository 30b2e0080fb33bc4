//! Every operation asked by whoever may see everybody's: what is declared to show somebody leaves a record, and nothing else does.

use std::collections::{BTreeMap, BTreeSet};

use contract::operations::{self, Operation, Role, Shows, member};
use local_stack::environment::Process;
use serde_json::Value;
use stories::{Stack, Storefront};
use test_kit::looks::waiting;
use test_kit::service::read;

use super::Who;
use super::requests::{House, request_of};
use crate::wait::until;

const RECORDS: &str = "/v1/customerservice/integratedCounselMgmt/getAccessRecordList";

/// Every record there is once none waits for its keeper, by the operation that showed somebody.
async fn records(stack: &Stack, shop: &Storefront) -> BTreeMap<String, Vec<Value>> {
    until("every record has come to its keeper", async || {
        for service in [Process::Member, Process::Promotion, Process::Claim] {
            if !waiting(&stack.database(service).open()).await.is_empty() {
                return false;
            }
        }
        true
    })
    .await;
    let mut records: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let list = shop.get(&format!("{RECORDS}?pageSize=100"), &shop.admin()).await;
    let rows = list.json["payloads"].as_array().expect("a list has rows");
    assert_eq!(list.json["totalCount"], rows.len(), "{}", list.text);
    for row in rows {
        let operation = row["operNm"].as_str().expect("a name").to_owned();
        records.entry(operation).or_default().push(row.clone());
    }
    records
}

fn is_asked(operation: &Operation) -> bool {
    // After a withdrawal there would be less to show.
    operation.id != member::WITHDRAWAL_MEMBER_ORDER_INFO.id && operation.access.allows(Role::Admin)
}

#[actix_web::test]
async fn what_shows_somebody_is_recorded_and_nothing_else() {
    let stack = Stack::start().await;
    let shop = stack.storefront();
    let mut house = House::furnish(&shop).await;
    let before = records(&stack, &shop).await;
    assert!(before.is_empty(), "members and systems are no agents: {before:?}");
    let mut refused = Vec::new();
    for operation in operations::all().filter(|operation| is_asked(operation)) {
        house.prepare(&shop, operation).await;
        let request = request_of(operation, Who::Admin, &house).send_to(&shop, operation, &shop.admin());
        let answer = read(request).await;
        if answer.status != 200 && operation.shows == Shows::One {
            refused.push(format!("{}: {}", operation.id, answer.text));
        }
    }
    assert!(refused.is_empty(), "asked for nothing: {}", refused.join("\n"));
    let records = records(&stack, &shop).await;
    let recorded: BTreeSet<&str> = records.keys().map(String::as_str).collect();
    let declared = |shows: &[Shows]| -> BTreeSet<&str> {
        let asked = operations::all().filter(|operation| is_asked(operation));
        asked.filter(|operation| shows.contains(&operation.shows)).map(|operation| operation.id).collect()
    };
    assert!(recorded.is_superset(&declared(&[Shows::One])), "{recorded:?}");
    assert!(recorded.is_subset(&declared(&[Shows::One, Shows::Any])), "{recorded:?}");
    for operation in operations::all() {
        for record in records.get(operation.id).into_iter().flatten() {
            let service = operation.upstream.expect("a service").service_name();
            assert_eq!(record["svcNm"], service, "{record}");
            assert_eq!(record["acsIp"], "127.0.0.1", "{record}");
            assert!(record["mbrNo"].is_string() || record["ordNo"].is_string(), "{record}");
        }
    }
}
