//! Cancels: fresh orders taken in as a shop would send them, and cancelled unit by unit until the last refund is done.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::SecondsFormat;
use dto::operations::{claim, member};
use local_stack::environment::Process;
use local_stack::failure::{Context as _, Failure};
use serde_json::{Value, json};

use crate::callers::Callers;
use crate::contest::{Bench, Contender, Means, PGBENCH_CLIENTS, WARM_UP};
use crate::figures::milliseconds;
use crate::http::{Requests, Spent, post};
use crate::pgbench::Script;
use crate::settings::output;

/// Units of each order. A request cancels one, so an order takes as many requests.
const UNITS: u32 = 3;
const UNIT_PRICE: u32 = 20_000;
/// Whose orders they are; few, because the signature of each one's token takes a millisecond.
const MEMBERS: u32 = 1_000;
/// Orders of one intake request.
const BATCH: u32 = 200;
/// 클레임사유: the customer changed their mind.
const REASON: &str = "251";
/// A cancel that is complete.
const COMPLETE: &str = r#""claimStatCd":"30""#;
/// pgbench's own tables hold as many orders, so that few are chosen twice.
const CHOOSE_ORDER: &str = "\\set order random(1, 100000)\n\\set claim random(1, 1000000000000000)";
const SCHEMA: &str = "claim_bench";
/// How long effects of the last cancels may take before the books are looked at.
const SETTLING: Duration = Duration::from_secs(120);

pub(crate) struct Cancels<'a> {
    bench: &'a Bench<'a>,
    /// Every second request goes straight to the service, the others through the gateway.
    direct: Requests,
    through_gateway: Requests,
    previews: Requests,
}

impl<'a> Cancels<'a> {
    /// Takes the orders in through the member-service's own operation, and looks at the cost of each as a customer
    /// does before cancelling.
    pub(crate) async fn load(bench: &'a Bench<'a>, callers: &Callers) -> Result<Self, Failure> {
        let (settings, stack) = (bench.settings, bench.stack);
        let orders = settings.fresh_orders;
        eprintln!("bench: taking {orders} fresh orders in");
        let intake = (0..orders).step_by(usize::try_from(BATCH).context("a batch")?).map(|first| {
            let batch: Vec<Value> =
                (first..orders.min(first + BATCH)).map(|number| order(number, settings.now)).collect();
            callers.of_the_shop(Process::Member, member::ORDERS.path, &json!({ "orders": batch }))
        });
        Requests::repeated(stack.address(Process::Member), intake.collect()).send_all(|_| ()).await?;

        let previews = (0..orders).map(|number| {
            let path = claim::CLAIM_CALCULATE_COST_FO.path;
            callers.internal(Process::Claim, path, &member_no(number), &request(number))
        });
        let previews = Requests::repeated(stack.address(Process::Claim), previews.collect());
        previews.send_all(|_| ()).await?;

        // The first half is cancelled straight at the service, the other half through the gateway.
        let path = claim::CANCEL_FO.path;
        let half = orders / 2;
        let direct = (0..UNITS).flat_map(|_| 0..half).map(|number| {
            callers.internal(Process::Claim, path, &member_no(number), &request(number))
        });
        let bearers =
            (0..MEMBERS).map(|number| callers.bearer(&member_no(number))).collect::<Result<Vec<_>, _>>()?;
        let through_gateway = (0..UNITS).flat_map(|_| half..orders).zip(bearers.iter().cycle().skip(
            usize::try_from(half % MEMBERS).context("a member")?,
        ));
        let _ = through_gateway;
        let by_gateway = (0..UNITS).flat_map(|_| half..orders).filter_map(|number| {
            let bearer = bearers.get(usize::try_from(number % MEMBERS).ok()?)?;
            Some(post(path, ("authorization", bearer), &request(number).to_string()))
        });
        Ok(Self {
            bench,
            direct: once(stack.address(Process::Claim), direct.collect()),
            through_gateway: once(stack.address(Process::Gateway), by_gateway.collect()),
            previews,
        })
    }

    /// 클레임비용계산, which changes nothing.
    pub(crate) async fn preview(&self) -> Result<String, Failure> {
        let clients = self.bench.settings.connections;
        let preview = Contender {
            name: "claim-service",
            clients,
            means: Means::Http(self.previews.clone(), Process::Claim),
        };
        self.bench.measure(&preview, WARM_UP).await?;
        self.bench.alone("claimCalculateCostFO: orders of one line", &preview).await
    }
}
