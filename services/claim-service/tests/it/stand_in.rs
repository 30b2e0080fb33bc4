//! A sister service for tests, over real HTTP: it takes only what claim-service has signed for it, carries each key out
//! once, and can be down, late, silent, or lose its answers after doing what was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use futures_util::stream;
use platform::clock::Clock;
use platform::identity::{INTERNAL_HEADER, Origin};
use serde_json::{Value, json};
use test_kit::identity::internal_keys;
use test_kit::service::any_port;

/// How a stand-in feels about calls whose path holds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Down,
    /// Does what it is asked, and answers so much later.
    LateBy(Duration),
    /// Does what it is asked; the first answers to each body are lost on the way.
    LosesFirst(usize),
    /// Takes the call and never does anything.
    Hangs,
    /// Does what it is asked, and never answers.
    DoesAndHangs,
}

/// What a sister keeps and how it answers.
pub(crate) trait World: Send + 'static {
    /// Status and body; none is an empty 200. What has no body is asked by its query.
    fn answer(&mut self, method: &str, path: &str, body: &Value) -> (u16, Option<Value>);
}

pub(crate) struct StandIn<W> {
    pub(crate) url: String,
    inner: Arc<Inner<W>>,
}

struct Inner<W> {
    name: &'static str,
    clock: Clock,
    world: Mutex<W>,
    moods: Mutex<Vec<(String, Mood)>>,
    paths: Mutex<Vec<String>>,
    lost: Mutex<HashMap<String, usize>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<W: World> StandIn<W> {
    pub(crate) fn start(name: &'static str, clock: &Clock, world: W) -> Self {
        let inner = Arc::new(Inner {
            name,
            clock: clock.clone(),
            world: Mutex::new(world),
            moods: Mutex::default(),
            paths: Mutex::default(),
            lost: Mutex::default(),
        });
        let listener = any_port();
        let port = listener.local_addr().expect("a bound listener has an address").port();
        let data = web::Data::from(Arc::clone(&inner));
        let server =
            HttpServer::new(move || App::new().app_data(data.clone()).default_service(web::to(serve::<W>)))
                .workers(1)
                .disable_signals()
                .listen(listener)
                .expect("a bound listener can be served")
                .run();
        tokio::spawn(server);
        Self { url: format!("http://127.0.0.1:{port}"), inner }
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, W> {
        locked(&self.inner.world)
    }

    /// From now on, for calls whose path holds the text.
    pub(crate) fn feels(&self, path: &str, mood: Mood) {
        locked(&self.inner.moods).push((path.to_owned(), mood));
    }

    pub(crate) fn recovers(&self) {
        locked(&self.inner.moods).clear();
    }

    /// How many calls had a path with this text.
    pub(crate) fn count_calls(&self, path: &str) -> usize {
        locked(&self.inner.paths).iter().filter(|called| called.contains(path)).count()
    }
}

async fn serve<W: World>(inner: web::Data<Inner<W>>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let token = request.headers().get(INTERNAL_HEADER).and_then(|value| value.to_str().ok()).unwrap_or("");
    match internal_keys().verify(token, inner.name, inner.clock.now()) {
        Ok(caller) if caller.origin == Origin::Service("claim-service".to_owned()) => {}
        _ => return HttpResponse::Unauthorized().finish(),
    }
    let path = request.path().to_owned();
    locked(&inner.paths).push(path.clone());
    let mood =
        locked(&inner.moods).iter().find(|(text, _)| path.contains(text.as_str())).map(|(_, mood)| *mood);
    match mood {
        Some(Mood::Down) => return HttpResponse::ServiceUnavailable().finish(),
        Some(Mood::Hangs) => return std::future::pending().await,
        Some(Mood::LateBy(_) | Mood::LosesFirst(_) | Mood::DoesAndHangs) | None => {}
    }
    let json = if body.is_empty() {
        let query = web::Query::<HashMap<String, String>>::from_query(request.query_string());
        json!(query.map(web::Query::into_inner).unwrap_or_default())
    } else {
        serde_json::from_slice(&body).unwrap_or(Value::Null)
    };
    let (status, answer) = locked(&inner.world).answer(request.method().as_str(), &path, &json);
    match mood {
        Some(Mood::LateBy(wait)) => tokio::time::sleep(wait).await,
        Some(Mood::DoesAndHangs) => return std::future::pending().await,
        Some(Mood::LosesFirst(count)) => {
            let mut lost = locked(&inner.lost);
            let lost = lost.entry(format!("{path} {json}")).or_default();
            if *lost < count {
                *lost += 1;
                let broken = stream::once(async { Err::<web::Bytes, _>(std::io::Error::other("lost")) });
                return HttpResponse::Ok().streaming(broken);
            }
        }
        Some(Mood::Down | Mood::Hangs) | None => {}
    }
    let status = StatusCode::from_u16(status).expect("a stand-in answers with a status");
    match answer {
        Some(answer) => HttpResponse::build(status).json(answer),
        None => HttpResponse::build(status).finish(),
    }
}

/// A refusal in the house's envelope.
pub(crate) fn refusal(code: &str) -> (u16, Option<Value>) {
    let envelope = json!({"timestamp": "2026-11-22T12:00:00+09:00", "code": code, "message": "거절", "isProcess": false,
        "payload": null, "error": true, "errors": []});
    (900, Some(envelope))
}
