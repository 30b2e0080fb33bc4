//! member-service for tests: it holds orders, decides on claims once per number, and sends notifications once per key.

use std::collections::{BTreeMap, HashMap};

use platform::clock::Clock;
use serde_json::{Value, json};

use crate::stand_in::{Mood, StandIn, World, refusal};

pub(crate) const MEMBER: &str = "100001311";
/// The contract's order, three shirts.
pub(crate) const ORDER: &str = "20260801O000001";
/// A guest's order of the same content.
pub(crate) const GUEST_ORDER: &str = "20260801O000002";
/// An order nobody has placed.
pub(crate) const NO_ORDER: &str = "20260801O999999";

pub(crate) struct MemberStandIn(pub(crate) StandIn<Orders>);

#[derive(Default)]
pub(crate) struct Orders {
    /// Snapshots by order number.
    pub(crate) orders: HashMap<String, Value>,
    /// What was decided on each claim, with what was asked.
    pub(crate) decided: BTreeMap<String, (Value, &'static str)>,
    /// Orders that are shipped just before they hear of a claim.
    pub(crate) shipped_first: Vec<String>,
    /// Notifications by key.
    pub(crate) notices: BTreeMap<String, Value>,
    /// What each provider's key has paid for.
    pub(crate) payments: BTreeMap<String, PaidFor>,
    /// Whether every line is prepared just before it is asked to change its item.
    pub(crate) ships_before_options: bool,
    /// What the orders say of members who have left.
    pub(crate) known: Value,
    /// What it was told of claims that count.
    pub(crate) told: Vec<Value>,
    /// Where claims stand, as it was told last.
    pub(crate) standings: BTreeMap<String, Value>,
}

/// What a provider's key has paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PaidFor {
    Order(String),
    /// A claim of this order, and who may give it back.
    Claim(String, Option<String>),
}

impl MemberStandIn {
    pub(crate) fn start(clock: &Clock) -> Self {
        let stand_in = Self(StandIn::start("member-service", clock, Orders::default()));
        stand_in.put(order(ORDER));
        let mut of_guest = order(GUEST_ORDER);
        of_guest["mbrNo"] = Value::Null;
        stand_in.put(of_guest);
        stand_in
    }

    /// Holds an order from now on, its lines as they were ordered.
    pub(crate) fn put(&self, order: Value) {
        let lines: Vec<Value> = order["goodsList"]
            .as_array()
            .expect("an order has goods")
            .iter()
            .map(|line| {
                json!({"ordSeq": line["ordSeq"], "ordDtlStatCd": line["ordDtlStatCd"], "itmNo": line["itmNo"],
                    "itmNm": line["itmNm"], "cnclQty": 0, "rtnQty": 0, "dlvdDtm": null})
            })
            .collect();
        let order_no = order["ordNo"].as_str().expect("an order has a number").to_owned();
        let mut world = self.0.world();
        for key in
            order["payList"].as_array().into_iter().flatten().filter_map(|one| one["pgPayKey"].as_str())
        {
            world.payments.entry(key.to_owned()).or_insert_with(|| PaidFor::Order(order_no.clone()));
        }
        let snapshot = json!({"order": order, "lineList": lines, "masked": false});
        world.orders.insert(order_no, snapshot);
    }

    /// Keys that are held for a claim, whoever may give them back.
    pub(crate) fn held(&self) -> Vec<String> {
        let world = self.0.world();
        let held = world.payments.iter().filter(|(_, paid_for)| matches!(paid_for, PaidFor::Claim(..)));
        held.map(|(key, _)| key.clone()).collect()
    }

    /// Whether a key is held for a claim of the order for good.
    pub(crate) fn has_for_good(&self, key: &str, order_no: &str) -> bool {
        self.0.world().payments.get(key) == Some(&PaidFor::Claim(order_no.to_owned(), None))
    }

    /// Lets something happen to an order.
    pub(crate) fn change(&self, order_no: &str, change: impl FnOnce(&mut Value)) {
        change(self.0.world().orders.get_mut(order_no).expect("a known order"));
    }

    pub(crate) fn set_status(&self, order_no: &str, line: usize, status: &str) {
        self.change(order_no, |snapshot| snapshot["lineList"][line]["ordDtlStatCd"] = json!(status));
    }

    /// Every line was delivered at this time.
    pub(crate) fn deliver(&self, order_no: &str, at: &str) {
        self.change(order_no, |snapshot| {
            for line in snapshot["lineList"].as_array_mut().expect("an order has lines") {
                line["ordDtlStatCd"] = json!("15");
                line["dlvdDtm"] = json!(at);
            }
        });
    }

    /// Units of a line that were cancelled.
    pub(crate) fn cancelled(&self, order_no: &str, line: usize) -> i64 {
        self.0.world().orders[order_no]["lineList"][line]["cnclQty"].as_i64().expect("a number")
    }

    /// How often it was asked for an order.
    pub(crate) fn count_asked(&self, order_no: &str) -> usize {
        self.0.count_calls(order_no)
    }

    /// Answers everything with 503 from now on.
    pub(crate) fn break_down(&self) {
        self.0.feels("/", Mood::Down);
    }
}

impl World for Orders {
    fn answer(&mut self, method: &str, path: &str, body: &Value) -> (u16, Option<Value>) {
        if path == "/internal/notifications" {
            let key = body["notiKey"].as_str().unwrap_or("").to_owned();
            self.notices.entry(key).or_insert_with(|| body.clone());
            return (200, None);
        }
        if path == "/internal/countedClaims" {
            self.told.push(body.clone());
            return (200, None);
        }
        if path == "/internal/claimStandings" {
            let claims = body["claimList"].as_array().cloned().unwrap_or_default();
            let number = |claim: &Value| claim["claimNo"].as_str().unwrap_or("").to_owned();
            self.standings.extend(claims.into_iter().map(|claim| (number(&claim), claim)));
            return (200, None);
        }
        if path == "/internal/ordererNames" {
            return (200, Some(self.names(body)));
        }
        if path.ends_with("/personalValues") {
            let mut values =
                json!({"nmList": [], "cellList": [], "emailList": [], "addrList": [], "lastOrdNo": null});
            for (name, known) in self.known.as_object().into_iter().flatten() {
                values[name] = known.clone();
            }
            return (200, Some(values));
        }
        let mut parts = path.trim_start_matches("/internal/orders/").split('/');
        let (order_no, rest) = (parts.next().unwrap_or(""), parts.next());
        if rest == Some("additionalPayments") {
            return if parts.next().is_some() {
                self.release(order_no, body)
            } else {
                self.hold(order_no, body)
            };
        }
        let Some(snapshot) = self.orders.get_mut(order_no) else { return refusal("ORDER_NOT_FOUND") };
        match (method, rest) {
            ("GET", None) => (200, Some(snapshot.clone())),
            ("POST", Some("claims")) => {
                let claim_no = body["claimNo"].as_str().unwrap_or("").to_owned();
                if let Some((asked, decision)) = self.decided.get(&claim_no) {
                    assert_eq!(asked, body, "the same claim asks for the same");
                    return (200, Some(json!({"decision": decision})));
                }
                if self.shipped_first.iter().any(|one| one == order_no) {
                    for line in snapshot["lineList"].as_array_mut().expect("an order has lines") {
                        line["ordDtlStatCd"] = json!("13");
                    }
                }
                let decision = if take_out(snapshot, body) { "CONFIRMED" } else { "REJECTED" };
                self.decided.insert(claim_no, (body.clone(), decision));
                (200, Some(json!({"decision": decision})))
            }
            ("POST", Some("options")) => {
                let claim_no = body["claimNo"].as_str().unwrap_or("").to_owned();
                if let Some((asked, decision)) = self.decided.get(&claim_no) {
                    assert_eq!(asked, body, "the same claim asks for the same");
                    return (200, Some(json!({"decision": decision})));
                }
                if self.ships_before_options {
                    snapshot["lineList"][0]["ordDtlStatCd"] = json!("12");
                }
                let decision = if change_item(snapshot, body) { "CONFIRMED" } else { "REJECTED" };
                self.decided.insert(claim_no, (body.clone(), decision));
                (200, Some(json!({"decision": decision})))
            }
            ("POST", Some("customsCodes")) => change_customs_code(snapshot, body),
            _ => (404, None),
        }
    }
}

impl Orders {
    fn hold(&mut self, order_no: &str, body: &Value) -> (u16, Option<Value>) {
        let key = body["pgPayKey"].as_str().expect("a key").to_owned();
        let hold_no = body["holdNo"].as_str().map(str::to_owned);
        let asked = PaidFor::Claim(order_no.to_owned(), hold_no.clone());
        let known = self.payments.entry(key).or_insert(asked);
        let (held, of) = match known {
            PaidFor::Claim(known_order, known_hold) if known_order == order_no => {
                if *known_hold != hold_no {
                    *known_hold = None;
                }
                ("Y", known_order)
            }
            PaidFor::Claim(other, _) | PaidFor::Order(other) => ("N", other),
        };
        (200, Some(json!({"heldYn": held, "ordNo": of})))
    }

    fn release(&mut self, order_no: &str, body: &Value) -> (u16, Option<Value>) {
        let hold_no = body["holdNo"].as_str().expect("a number").to_owned();
        let key = body["pgPayKey"].as_str().expect("a key");
        if self.payments.get(key) == Some(&PaidFor::Claim(order_no.to_owned(), Some(hold_no))) {
            self.payments.remove(key);
        }
        (200, None)
    }

    fn names(&self, query: &Value) -> Value {
        let numbers = query["ordNoList"].as_array().expect("a query names orders");
        assert!(numbers.len() <= 500, "{} orders at once", numbers.len());
        let names = |no: &Value| {
            let snapshot = self.orders.get(no.as_str()?)?;
            let addresses = snapshot["order"]["dlvpList"].as_array()?.iter();
            let recipients = addresses
                .map(|one| json!({"dlvpSeq": one["dlvpSeq"], "rcvmnNm": one["rcvmnNm"]}))
                .collect::<Vec<Value>>();
            Some(json!({"ordNo": no, "ordManNm": snapshot["order"]["ordManNm"], "masked": snapshot["masked"],
                "dlvpList": recipients}))
        };
        let list: Vec<Value> = numbers.iter().filter_map(names).collect();
        json!({"list": list})
    }
}

/// A whole line in 11 leaves the item it is thought to hold.
fn change_item(snapshot: &mut Value, change: &Value) -> bool {
    let lines = snapshot["lineList"].as_array_mut().expect("an order has lines");
    let Some(line) = lines.iter_mut().find(|line| line["ordSeq"] == change["ordSeq"]) else { return false };
    let is_whole = line["cnclQty"] == 0 && line["rtnQty"] == 0;
    if line["ordDtlStatCd"] != "11" || !is_whole || line["itmNo"] != change["fromItmNo"] {
        return false;
    }
    line["itmNo"] = change["itmNo"].clone();
    line["itmNm"] = change["itmNm"].clone();
    true
}

/// Only the first line's status counts here: the contract's order has one.
fn change_customs_code(snapshot: &mut Value, code: &Value) -> (u16, Option<Value>) {
    let is_before_shipping =
        matches!(snapshot["lineList"][0]["ordDtlStatCd"].as_str(), Some("10" | "11" | "12"));
    let addresses = snapshot["order"]["dlvpList"].as_array_mut().expect("an order has addresses");
    let address = addresses.iter_mut().find(|address| address["dlvpSeq"] == code["dlvpSeq"]);
    let Some(address) = address else {
        let (status, mut envelope) = refusal("VALIDATION");
        if let Some(envelope) = &mut envelope {
            envelope["errors"] = json!([{"field": "dlvpSeq", "message": "주문에 없는 배송지입니다."}]);
        }
        return (status, envelope);
    };
    if !is_before_shipping {
        return refusal("ORDER_NOT_CHANGEABLE");
    }
    address["persCstmCd"] = code["persCstmCd"].clone();
    (200, None)
}

/// All lines or none; shipping first means none.
fn take_out(snapshot: &mut Value, claim: &Value) -> bool {
    let is_received = claim["rcvYn"] == "Y";
    let field = if claim["claimBusinessType"] == "20" { "rtnQty" } else { "cnclQty" };
    let lines: Vec<Value> = claim["lineList"].as_array().expect("a claim has lines").clone();
    let mut after = snapshot.clone();
    let waits = after["lineList"].as_array().expect("an order has lines").iter();
    if claim["payWaitYn"] == "Y" && !waits.into_iter().any(|line| line["ordDtlStatCd"] == "10") {
        return false;
    }
    for claimed in &lines {
        let quantity = claimed["claimQty"].as_i64().expect("a number");
        let seq = &claimed["ordSeq"];
        let place = after["order"]["goodsList"]
            .as_array()
            .and_then(|all| all.iter().position(|one| one["ordSeq"] == *seq));
        let Some(place) = place else { return false };
        let ordered = after["order"]["goodsList"][place]["ordQty"].as_i64().expect("a number");
        let line = &mut after["lineList"][place];
        let number = |line: &Value, name: &str| line[name].as_i64().expect("a number");
        let left = ordered - number(line, "cnclQty") - number(line, "rtnQty");
        let is_return = field == "rtnQty";
        let allowed: &[&str] = if is_return { &["13", "15", "16"] } else { &["10", "11", "12"] };
        let stands_right = line["ordDtlStatCd"].as_str().is_some_and(|status| allowed.contains(&status));
        if quantity > left || (quantity > 0 && !is_received && !stands_right) {
            return false;
        }
        line[field] = json!(number(line, field) + quantity);
        if quantity == left && quantity > 0 {
            line["ordDtlStatCd"] = json!(if number(line, "rtnQty") > 0 { "37" } else { "19" });
        }
    }
    *snapshot = after;
    true
}

/// The contract's order under another number.
pub(crate) fn order(order_no: &str) -> Value {
    let mut order: Value = serde_json::from_str(include_str!("order.json")).expect("the order is JSON");
    order["ordNo"] = json!(order_no);
    order
}

/// An order of the contract's member without discounts: lines of (quantity, price), paid in one way.
pub(crate) fn plain_order(order_no: &str, lines: &[(i64, i64)], means: &str) -> Value {
    let mut order = order(order_no);
    for list in ["ordPromotionList", "giftList"] {
        order[list] = json!([]);
    }
    order["goodsList"] = lines
        .iter()
        .enumerate()
        .map(|(index, (quantity, price))| {
            let mut line = order["goodsList"][0].clone();
            line["ordSeq"] = json!(index + 1);
            line["ordQty"] = json!(quantity);
            line["salePrc"] = json!(price);
            line["benefitList"] = json!([]);
            line
        })
        .collect();
    order["deliGrpList"][0]["freeStdAmt"] = Value::Null;
    let due: i64 = lines.iter().map(|(quantity, price)| quantity * price).sum();
    order["payList"] = json!([{"payNo": "PAY1", "payMeansCd": means, "payAmt": due, "sctnCnclPsbYn": "Y"}]);
    order
}
