//! Cancels: fresh orders taken in as a shop would send them, and cancelled unit by unit until the last refund is done.
//! Beside them settlements of returns whose goods have come back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use local_stack::environment::Process;
use local_stack::failure::{Context as _, Failure};

use crate::callers::Callers;
use crate::contest::{Bench, Contender, Means, PGBENCH_CLIENTS, WARM_UP};
use crate::counted;
use crate::figures::table;
use crate::fresh_orders::FreshOrders;
use crate::http::{Requests, Spent};
use crate::pgbench::Script;
use crate::returned_orders::{Returned, ReturnedOrders};
use crate::settings::output;

/// What the answer to a cancel, and to a settlement, holds when everything is done.
const COMPLETE: &str = r#""claimStatCd":"30""#;
/// pgbench has tables of its own, with so many orders that few are chosen twice; see `sql/cancel_tables.sql`.
const SCHEMA: &str = "cancel_bench";
const CHOOSE_ORDER: &str = "\\set order random(1, 100000)\n\\set claim random(1, 1000000000000000)";
/// How long the last cancels may take until they are complete.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Cancels<'a> {
    bench: &'a Bench<'a>,
    previews: Requests,
    direct: Requests,
    through_gateway: Requests,
    settlements: Requests,
    spent: [(&'static str, Arc<Spent>); 3],
}

impl<'a> Cancels<'a> {
    /// Takes the orders in, and looks at the cost of each as a customer does before cancelling: the claim-service
    /// knows them all from then on.
    pub(crate) async fn load(bench: &'a Bench<'a>, callers: &Callers) -> Result<Self, Failure> {
        let stack = bench.stack;
        let orders = FreshOrders { count: bench.settings.fresh_orders, callers };
        eprintln!("bench: taking {} orders in", orders.count);
        let intake = orders.intake(bench.settings.now);
        Requests::repeated(stack.address(Process::Member), intake).send_all().await?;
        let previews = Requests::repeated(stack.address(Process::Claim), orders.previews());
        previews.send_all().await?;

        // Of the same orders, but not of the same units.
        let [straight, by_gateway, settled] = [(); 3].map(|()| Spent::until(COMPLETE));
        let direct = Requests::once(stack.address(Process::Claim), orders.cancels(), &straight);
        let cancels = orders.cancels_through_gateway()?;
        let through_gateway = Requests::once(stack.address(Process::Gateway), cancels, &by_gateway);
        let settlements = settlements(bench, callers).await?;
        let settlements = Requests::once(stack.address(Process::Claim), settlements, &settled);
        let spent = [("cancelFO", straight), ("gateway, cancelFO", by_gateway), ("settlement", settled)];
        Ok(Self { bench, previews, direct, through_gateway, settlements, spent })
    }

    /// 클레임비용계산, which changes nothing.
    pub(crate) async fn preview(&self) -> Result<String, Failure> {
        let preview = self.contender("claim-service", &self.previews, Process::Claim);
        self.bench.alone("claimCalculateCostFO: orders of one line", &preview).await
    }

    /// 주문취소, answered when it is complete, beside what PostgreSQL does with the accepting transaction and the
    /// request's key alone.
    pub(crate) async fn contest(&self) -> Result<String, Failure> {
        let settings = self.bench.settings;
        let direct = self.contender("cancelFO", &self.direct, Process::Claim);
        // pgbench writes what a real cancel has written.
        self.bench.measure(&direct, WARM_UP).await?;
        settings.load("cancel_tables.sql", &[])?;
        let naive = self.pgbench("naive", include_str!("../sql/cancel_naive.sql"))?;
        let same = self.pgbench("same", include_str!("../sql/cancel_same.sql"))?;
        let gateway = self.contender("gateway, cancelFO", &self.through_gateway, Process::Gateway);
        let settlement = self.contender("settlement of a return", &self.settlements, Process::Claim);

        let clients = settings.connections;
        let title = format!(
            "cancelFO and a return's settlement whole, one unit of an order of one line, {clients} connections; \
             a cancel's accepting transaction and its key alone: pgbench -c {PGBENCH_CLIENTS}"
        );
        let table = self.bench.contest(&title, &[naive, same, direct, gateway, settlement]).await?;
        let answered = self.spent.iter().map(|(name, spent)| {
            format!("{name}: {} of {} were answered before they were complete.", spent.undone(), spent.sent())
        });
        Ok(format!("{table}\n{}", answered.collect::<Vec<_>>().join("\n")))
    }

    /// What each costs the database, one after the other.
    pub(crate) async fn counted(&self) -> Result<String, Failure> {
        let settings = self.bench.settings;
        let mut rows = Vec::new();
        for (name, requests) in [("cancelFO", &self.direct), ("settlement of a return", &self.settlements)] {
            let cost = counted::of_each(settings, requests, || self.is_quiet()).await?;
            rows.push(vec![name.to_owned(), cost.transactions, cost.statements]);
        }
        let title = "What one costs the database, in both services, from the server's log; less what it does when nobody asks";
        Ok(table(title, &["", "transactions", "statements"], &rows))
    }

    /// Waits until nothing is left to do, and has the claim-service replay its ledger.
    pub(crate) async fn verify(&self) -> Result<String, Failure> {
        let settings = self.bench.settings;
        self.is_quiet().await?;
        let said = output(self.bench.stack.command(settings, Process::Claim, "verify")?)?;
        let complete = settings
            .query("SELECT count(*) FROM claim.claim WHERE cost_doc IS NOT NULL AND claim_stat_cd = '30'")?;
        Ok(format!("claim-service verify: {}; {complete} of them complete", said.trim()))
    }

    /// Waits until nothing is left to do.
    async fn is_quiet(&self) -> Result<(), Failure> {
        let until = Instant::now() + PATIENCE;
        let waiting =
            "SELECT (SELECT count(*) FROM claim.outbox_message) + (SELECT count(*) FROM outbox_message)";
        while self.bench.settings.query(waiting)? != "0" {
            if Instant::now() > until {
                return Err(Failure::new("claims are still not complete: see claim.outbox_message"));
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(())
    }

    fn contender(&self, name: &'static str, requests: &Requests, process: Process) -> Contender {
        let means = Means::Http(requests.clone(), process);
        Contender { name, clients: self.bench.settings.connections, means }
    }

    fn pgbench(&self, form: &'static str, sql: &str) -> Result<Contender, Failure> {
        let settings = self.bench.settings;
        let kept = |column: &str| {
            settings.query(&format!(
                "SELECT {column} FROM claim.claim WHERE cost_doc IS NOT NULL ORDER BY claim_no LIMIT 1"
            ))
        };
        let answer = settings.query(
            "SELECT answer_body FROM claim.idempotency_key WHERE state_cd = '20' ORDER BY created_dtm, idem_key LIMIT 1",
        )?;
        let variables = vec![
            ("cost", kept("cost_doc")?),
            ("hash", kept("cost_hash")?),
            ("answer", answer),
            ("now", settings.now.naive_utc().to_string()),
        ];
        let file = format!("cancel-{form}");
        let script = Script::new(settings, &file, SCHEMA, CHOOSE_ORDER, sql, variables).context(form)?;
        let name = if form == "naive" { "pgbench, naive list" } else { "pgbench, same statements" };
        Ok(Contender { name, clients: PGBENCH_CLIENTS, means: Means::Pgbench(script) })
    }
}

/// Takes orders in, delivers them, asks for a return of each and has its goods come back; what is left is to settle them.
async fn settlements(bench: &Bench<'_>, callers: &Callers) -> Result<Vec<String>, Failure> {
    let (stack, settings) = (bench.stack, bench.settings);
    let orders = ReturnedOrders { count: settings.fresh_orders / 2, callers };
    eprintln!("bench: {} returns", orders.count);
    let (member, claim) = (stack.address(Process::Member), stack.address(Process::Claim));
    Requests::repeated(member, orders.intake(settings.now)).send_all().await?;
    Requests::repeated(member, orders.deliveries(settings.now)).send_all().await?;
    Requests::repeated(claim, orders.requests()).send_all().await?;
    let numbers = settings.query(
        "SELECT ord_no || ' ' || claim_no FROM claim.claim WHERE claim_business_type = '20' AND claim_stat_cd = '20' \
         ORDER BY ord_no",
    )?;
    let claims: Vec<Returned> = numbers
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(order_no, claim_no)| Returned { order_no: order_no.to_owned(), claim_no: claim_no.to_owned() })
        .collect();
    Requests::repeated(claim, orders.collections(&claims)).send_all().await?;
    Ok(orders.settlements(&claims))
}
