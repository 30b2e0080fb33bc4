//! How long the accumulation takes: `cargo run --release -p promotion-service --example accrual_bench`.
//!
//! First the pure calculation, per goods, then the whole operation through HTTP on SQLite, as the basket grows from 1 to
//! 1,000 goods and the policy from 10 to 100,000 goods mileages. Every goods mileage targets one number of one kind, so
//! that a goods meets at most six of them. Each is shown twice: with up to 1,000 goods mileages that meet goods of the
//! basket, and with ten, where a policy grows by nothing but what does not match. Between the two stands the pure
//! calculation after other work has had the processor's caches, as it has between two requests. `pure` or `http` as an
//! argument shows that part alone.

use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use commerce::{AccrualTargetType, GoodsNo, ItemNo, MemberGrade, OrderMedia, PromotionNo, Rate, SiteNo, Won};
use platform::clock::Clock;
use platform::server::ServerSettings;
use platform::telemetry::{LogSettings, TelemetrySettings};
use promotion_service::app;
use promotion_service::domain::accrual::{AccrualLine, CompiledPolicy, OrderToAccrue, accrue};
use promotion_service::domain::accrual_policy::{
    AccrualPolicy, AccrualRate, BaseAccrual, GoodsMileage, GradeAccrual, Promotion, Target,
};
use promotion_service::settings::{Settings, UpstreamSettings};
use promotion_service::usecase::put_policy::put_policy;
use reqwest::Method;
use serde_json::json;
use test_kit::TestDatabase;
use test_kit::identity::{identity_settings, member, on_site};
use test_kit::service::{TestService, any_port};

const GOODS: [usize; 4] = [1, 10, 100, 1_000];
const MILEAGES: [usize; 5] = [10, 100, 1_000, 10_000, 100_000];
/// How many goods mileages meet goods of the basket at most.
const MATCHING: [usize; 2] = [1_000, 10];
/// Short rounds, of which the quickest counts: other work on the machine only ever makes one slower.
const ROUNDS: usize = 150;
const ROUND: Duration = Duration::from_millis(2);
/// Requests of each kind, of which the median counts. Policies take turns, so that what slows the machine slows all.
const REQUESTS: usize = 300;

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let only = std::env::args().nth(1);
    let wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if wanted("pure") {
        pure_calculation(&mut std::io::stdout().lock())?;
    }
    if wanted("http") {
        through_http().await?;
    }
    Ok(())
}

fn pure_calculation(out: &mut impl Write) -> std::io::Result<()> {
    const TITLE: &str = "accumulation, pure calculation, one thread: ns per goods (µs per basket)";
    for matching in MATCHING {
        writeln!(out, "{TITLE}")?;
        pure_table(out, matching, quickest)?;
    }
    writeln!(out, "{TITLE}, caches cold")?;
    pure_table(out, 10, median_cold)
}

fn pure_table(
    out: &mut impl Write,
    matching: usize,
    measure: fn(&CompiledPolicy, &OrderToAccrue<'_>) -> u128,
) -> std::io::Result<()> {
    heading(out, matching)?;
    for mileages in MILEAGES {
        let policy = CompiledPolicy::compile(policy(mileages, matching), []);
        write!(out, "{mileages:>16}")?;
        for goods in GOODS {
            let nanos = measure(&policy, &order(&basket(goods)));
            let per_goods = nanos / u128::try_from(goods).unwrap_or(1);
            write!(out, "{:>22}", format!("{per_goods} ({}.{:02})", nanos / 1_000, nanos % 1_000 / 10))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn heading(out: &mut impl Write, matching: usize) -> std::io::Result<()> {
    writeln!(out, "at most {matching} goods mileages meet goods of the basket")?;
    write!(out, "{:>16}", "goods mileages")?;
    for goods in GOODS {
        write!(out, "{:>22}", format!("{goods} goods"))?;
    }
    writeln!(out)
}

/// One caller after the other over one connection: parsing, the version check, the calculation and the answer. Every
/// policy is that of a site of its own.
async fn through_http() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    let database = TestDatabase::sqlite();
    let clock = Clock::fixed(time("2026-08-15T00:00:00Z"));
    let settings = Settings {
        server: ServerSettings { workers: 1, ..ServerSettings::default() },
        log: LogSettings::default(),
        telemetry: TelemetrySettings::default(),
        database: database.settings(),
        identity: identity_settings(),
        upstreams: UpstreamSettings { inquiry_url: "http://127.0.0.1:1".to_owned() },
        client: Default::default(),
        outbox: Default::default(),
        mileage_valid_days: None,
        mileage_expiry_every_seconds: 600,
    };
    let application = app::build(settings, clock.clone(), any_port()).await.map_err(std::io::Error::other)?;
    let service = TestService::start(app::NAME, application, clock.clone());
    let db = database.open();
    for matching in MATCHING {
        for mileages in MILEAGES {
            let (policy, site_no, now) = (policy(mileages, matching), site(mileages, matching)?, clock.now());
            db.write(move |conn| put_policy(conn, &site_no, &policy, "bench", now))
                .await
                .map_err(std::io::Error::other)?;
        }
    }
    for matching in MATCHING {
        writeln!(out, "accumulation through HTTP on SQLite, one connection: µs per request")?;
        heading(&mut out, matching)?;
        let mut medians = Vec::new();
        for goods in GOODS {
            medians.push(median_requests(&service, goods, matching).await?);
        }
        for (row, mileages) in MILEAGES.into_iter().enumerate() {
            write!(out, "{mileages:>16}")?;
            for column in &medians {
                write!(out, "{:>22}", column.get(row).copied().unwrap_or_default())?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn site(mileages: usize, matching: usize) -> std::io::Result<SiteNo> {
    SiteNo::parse(&format!("{matching}-{mileages}")).map_err(std::io::Error::other)
}

/// Microseconds of a request for so many goods, under each policy.
async fn median_requests(service: &TestService, goods: usize, matching: usize) -> std::io::Result<Vec<u128>> {
    let body = request(&basket(goods)).to_string();
    let mut times = vec![Vec::with_capacity(REQUESTS); MILEAGES.len()];
    for round in 0..=REQUESTS {
        for (mileages, times) in MILEAGES.into_iter().zip(&mut times) {
            let caller = on_site(member(MEMBER), site(mileages, matching)?.as_str());
            // The answer is not looked into: what that costs the caller is not ours.
            let request = service
                .request(Method::POST, "/v1/marketing/promotionAccumulation", &caller)
                .header("content-type", "application/json")
                .body(body.clone());
            let started = Instant::now();
            let answer = request.send().await.map_err(std::io::Error::other)?;
            let status = answer.status().as_u16();
            let answer = answer.bytes().await.map_err(std::io::Error::other)?;
            let elapsed = started.elapsed().as_micros();
            assert_eq!(status, 200, "{answer:?}");
            // The first one loads the policy.
            if round > 0 {
                times.push(elapsed);
            }
        }
    }
    Ok(times
        .into_iter()
        .map(|mut times| {
            times.sort_unstable();
            times.into_iter().nth(REQUESTS / 2).unwrap_or_default()
        })
        .collect())
}

const MEMBER: &str = "100001311";

fn request(basket: &[Goods]) -> serde_json::Value {
    let goods: Vec<serde_json::Value> = basket
        .iter()
        .map(|goods| {
            let [standard_category, display_category, brand, vendor, sales_channel] = &goods.numbers;
            json!({
                "goodsNo": goods.goods_no, "itmNo": goods.item_no, "purchaseAmt": goods.amount,
                "stdCtgNo": standard_category, "dispCtgNo": display_category, "brandNo": brand, "entrNo": vendor,
                "chlNo": sales_channel,
            })
        })
        .collect();
    json!({
        "mbrNo": MEMBER, "mbrGradeCd": "30", "ordMediaCd": "20", "baseDtm": "2026-08-15T09:00:00+09:00",
        "goodsList": goods,
    })
}

/// Nanoseconds of one calculation in the quickest round.
fn quickest(policy: &CompiledPolicy, order: &OrderToAccrue<'_>) -> u128 {
    let round = || {
        let started = Instant::now();
        let mut count = 0_u128;
        while started.elapsed() < ROUND {
            // Asking for the time costs as much as a small basket does.
            for _ in 0..8 {
                calculate(policy, order);
            }
            count += 8;
        }
        started.elapsed().as_nanos() / count
    };
    (0..ROUNDS).map(|_| round()).min().unwrap_or_default()
}

/// Nanoseconds of one calculation when something else has gone through as much memory as the inner caches hold.
fn median_cold(policy: &CompiledPolicy, order: &OrderToAccrue<'_>) -> u128 {
    let mut other_work = vec![0_u8; 8 << 20];
    let mut times: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            other_work.iter_mut().step_by(64).for_each(|byte| *byte = byte.wrapping_add(1));
            black_box(&other_work);
            let started = Instant::now();
            calculate(policy, order);
            started.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    times.into_iter().nth(ROUNDS / 2).unwrap_or_default()
}

fn calculate(policy: &CompiledPolicy, order: &OrderToAccrue<'_>) {
    let accrual = accrue(black_box(policy), black_box(order));
    black_box(accrual.expect("the amounts are small").total);
}

struct Goods {
    goods_no: GoodsNo,
    item_no: ItemNo,
    amount: i64,
    /// Standard category, display category, brand, vendor, channel.
    numbers: [String; 5],
}

/// A believable basket: every goods its own, of 25 categories, 20 brands, 8 vendors and 2 channels.
fn basket(goods: usize) -> Vec<Goods> {
    (0..goods)
        .map(|index| Goods {
            goods_no: GoodsNo::parse(&format!("1000{index:04}")).expect("digits"),
            item_no: ItemNo::parse("001").expect("digits"),
            amount: 1_000 + i64::try_from(index * 7_919 % 90_000).unwrap_or_default(),
            numbers: [
                format!("S{:04}", index % 15),
                format!("C{:04}", index % 25),
                format!("B{:04}", index % 20),
                format!("E{:04}", index % 8),
                format!("1{:06}", index % 2),
            ],
        })
        .collect()
}

fn order(basket: &[Goods]) -> OrderToAccrue<'_> {
    let lines = basket
        .iter()
        .map(|goods| {
            let [standard_category, display_category, brand, vendor, sales_channel] = &goods.numbers;
            AccrualLine {
                goods_no: &goods.goods_no,
                item_no: &goods.item_no,
                amount_paid: Won::new(goods.amount),
                standard_category,
                display_category,
                brand,
                vendor,
                sales_channel,
                named: None,
            }
        })
        .collect();
    OrderToAccrue {
        grade: MemberGrade::Gold,
        media: OrderMedia::Pc,
        base_at: time("2026-08-15T00:00:00Z"),
        lines,
        promotion_shares: Vec::new(),
        promised: None,
    }
}

/// Of its goods mileages, the first `matching` target numbers that baskets have, the others numbers nobody has.
fn policy(mileages: usize, matching: usize) -> AccrualPolicy {
    AccrualPolicy {
        base: Some(BaseAccrual { promotion: promotion("A21"), rate: rate(100) }),
        grades: vec![GradeAccrual {
            promotion: promotion("A22"),
            grade: MemberGrade::Gold,
            threshold: Won::new(500),
            rate: rate(150),
        }],
        goods_mileages: (0..mileages).map(|index| mileage(index, index < matching)).collect(),
        excluded_goods: (0..100)
            .map(|index| GoodsNo::parse(&format!("X{index}")).expect("letters and digits"))
            .collect(),
    }
}

fn mileage(index: usize, matches: bool) -> GoodsMileage {
    let number = if matches { index / 6 } else { 5_000 + index / 6 };
    let (kind, number) = match index % 6 {
        0 => (AccrualTargetType::Goods, format!("1000{number:04}")),
        1 => (AccrualTargetType::StandardCategory, format!("S{number:04}")),
        2 => (AccrualTargetType::DisplayCategory, format!("C{number:04}")),
        3 => (AccrualTargetType::Brand, format!("B{number:04}")),
        4 => (AccrualTargetType::Vendor, format!("E{number:04}")),
        _ => (AccrualTargetType::SalesChannel, format!("1{number:06}")),
    };
    let points = i64::try_from(index * 37 % 900).unwrap_or_default() + 50;
    GoodsMileage {
        promotion: promotion(&format!("P{index:06}")),
        starts_at: time("2026-08-01T00:00:00Z"),
        ends_at: time("2026-08-31T00:00:00Z"),
        rate: AccrualRate::Rate(rate(points)),
        most: Some(Won::new(10_000)),
        grades: vec![MemberGrade::Gold, MemberGrade::Vip],
        media: Vec::new(),
        targets: vec![Target { kind, number: Some(number) }],
    }
}

fn promotion(number: &str) -> Promotion {
    let no = PromotionNo::parse(number).expect("letters and digits");
    Promotion { no, name: "추가적립".to_owned(), burden: None }
}

fn rate(basis_points: i64) -> Rate {
    Rate::from_basis_points(basis_points).expect("below a hundred percent")
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a well-formed time")
}
