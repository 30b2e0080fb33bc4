//! A collector of traces that keeps what it gets.

use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use prost::Message as _;
use tokio::sync::Notify;

#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) name: String,
    pub(crate) trace: String,
    pub(crate) id: String,
    /// Empty at the beginning of a trace.
    pub(crate) parent: String,
    pub(crate) operation: Option<String>,
}

impl Span {
    pub(crate) fn is_about(&self, operation: &str) -> bool {
        self.operation.as_deref() == Some(operation)
    }
}

#[derive(Default)]
struct Kept {
    spans: Mutex<Vec<Span>>,
    bytes: Mutex<Vec<u8>>,
    news: Notify,
}

pub(crate) struct Collector {
    kept: Arc<Kept>,
    url: String,
    _server: ServerHandle,
}

impl Collector {
    pub(crate) fn start() -> Self {
        let kept = Arc::new(Kept::default());
        let shared = Arc::clone(&kept);
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::from(Arc::clone(&shared)))
                .app_data(web::PayloadConfig::new(64 << 20))
                .route("/v1/traces", web::post().to(take))
        })
        .workers(1)
        .disable_signals()
        .bind("127.0.0.1:0")
        .unwrap();
        let url = format!("http://{}", server.addrs()[0]);
        let server = server.run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { kept, url, _server: handle }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Waits until the spans so far are enough.
    pub(crate) async fn until(&self, are_enough: impl Fn(&[Span]) -> bool) -> Vec<Span> {
        let waiting = async {
            loop {
                let news = self.kept.news.notified();
                let spans = self.kept.spans.lock().unwrap().clone();
                if are_enough(&spans) {
                    return spans;
                }
                news.await;
            }
        };
        match tokio::time::timeout(std::time::Duration::from_secs(60), waiting).await {
            Ok(spans) => spans,
            Err(_) => panic!("spans are missing: {:#?}", self.kept.spans.lock().unwrap()),
        }
    }

    /// Every byte that came.
    pub(crate) fn everything(&self) -> Vec<u8> {
        self.kept.bytes.lock().unwrap().clone()
    }
}

async fn take(kept: web::Data<Kept>, body: web::Bytes) -> HttpResponse {
    let request = ExportTraceServiceRequest::decode(body.as_ref()).unwrap();
    kept.bytes.lock().unwrap().extend_from_slice(&body);
    let scopes = request.resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
    for span in scopes.flat_map(|scope| scope.spans) {
        let operation = span.attributes.iter().find(|attribute| attribute.key == "operation");
        let operation = operation.and_then(|attribute| match attribute.value.as_ref()?.value.as_ref()? {
            Value::StringValue(text) => Some(text.clone()),
            _ => None,
        });
        kept.spans.lock().unwrap().push(Span {
            name: span.name,
            trace: hex(&span.trace_id),
            id: hex(&span.span_id),
            parent: hex(&span.parent_span_id),
            operation,
        });
    }
    kept.news.notify_waiters();
    HttpResponse::Ok()
        .content_type("application/x-protobuf")
        .body(ExportTraceServiceResponse::default().encode_to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
