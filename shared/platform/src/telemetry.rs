//! Logs on standard output; where an endpoint is set, traces over OTLP; where an address is set, metrics for Prometheus.

use std::collections::HashMap;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::WithExportConfig as _;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use serde::Deserialize;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

use crate::metrics;
use crate::request_context::TRACEPARENT_HEADER;

/// How and how much a process logs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogSettings {
    pub format: LogFormat,
    /// A tracing filter, as `info` or `info,claim_service=debug`.
    pub filter: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { format: LogFormat::Json, filter: "info".into() }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

/// Where spans go, and where metrics are read. Without an endpoint no spans are made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TelemetrySettings {
    /// Base URL of an OTLP collector over HTTP, as `http://collector:4318`.
    pub otlp_endpoint: Option<String>,
    /// Address and port at which Prometheus reads `/metrics`, as `0.0.0.0:9464`; without it nobody can.
    pub metrics_listen: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("log filter `{0}` can't be read")]
    Filter(String),
    #[error("trace exporter can't be built: {0}")]
    Exporter(String),
    #[error("metrics can't be served at `{0}`")]
    Metrics(String, #[source] std::io::Error),
    #[error("telemetry is set up already")]
    Twice,
}

/// Flushes what is left when it is dropped: keep it until the process ends.
#[must_use]
#[derive(Debug)]
pub struct Guard {
    provider: Option<SdkTracerProvider>,
    _metrics: Option<metrics::Listener>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(provider) = self.provider.take()
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(%error, "spans may be lost at shutdown");
        }
    }
}

/// Sets up the process's one subscriber, and its metrics. To be called inside a runtime.
pub fn init(
    service: &'static str,
    log: &LogSettings,
    telemetry: &TelemetrySettings,
) -> Result<Guard, TelemetryError> {
    let filter = EnvFilter::try_new(&log.filter).map_err(|_| TelemetryError::Filter(log.filter.clone()))?;
    let logs = match log.format {
        LogFormat::Json => {
            tracing_subscriber::fmt::layer().json().flatten_event(true).with_span_list(false).boxed()
        }
        LogFormat::Text => tracing_subscriber::fmt::layer().with_ansi(false).boxed(),
    };
    let provider =
        telemetry.otlp_endpoint.as_deref().map(|endpoint| tracer_provider(service, endpoint)).transpose()?;
    let spans = provider
        .as_ref()
        .map(|provider| tracing_opentelemetry::layer().with_tracer(provider.tracer(service)));
    opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new());
    tracing_subscriber::registry()
        .with(filter)
        .with(logs)
        .with(spans)
        .try_init()
        .map_err(|_| TelemetryError::Twice)?;
    metrics::get().build(service);
    let metrics = telemetry
        .metrics_listen
        .as_deref()
        .map(|address| {
            metrics::serve(address).map_err(|error| TelemetryError::Metrics(address.to_owned(), error))
        })
        .transpose()?;
    if let Some(listener) = &metrics {
        tracing::info!(address = %listener.address, "metrics are served");
    }
    Ok(Guard { provider, _metrics: metrics })
}

/// Makes a span part of the trace in which its cause was, as a message carries it on. Without an exporter nothing happens.
pub fn continue_trace(span: &tracing::Span, traceparent: Option<&str>) {
    use opentelemetry::propagation::TextMapPropagator as _;
    use tracing_opentelemetry::OpenTelemetrySpanExt as _;

    let Some(traceparent) = traceparent else { return };
    let carrier = HashMap::from([(TRACEPARENT_HEADER.to_owned(), traceparent.to_owned())]);
    // A span that is filtered out has no place in a trace, and needs none.
    let _ = span.set_parent(TraceContextPropagator::new().extract(&carrier));
}

fn tracer_provider(service: &'static str, endpoint: &str) -> Result<SdkTracerProvider, TelemetryError> {
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
        .build()
        .map_err(|error| TelemetryError::Exporter(error.to_string()))?;
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(Resource::builder().with_service_name(service).build())
        .build())
}
