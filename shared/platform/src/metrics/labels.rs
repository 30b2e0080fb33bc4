//! The labels of series: only texts that stand in the program, and statuses.

use prometheus_client::encoding::EncodeLabelSet;

macro_rules! labels {
    ($($name:ident { $($label:ident: $kind:ty),+ })+) => {$(
        #[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
        pub(super) struct $name {
            $(pub(super) $label: $kind),+
        }
    )+};
}

labels! {
    OperationStatus { operation: &'static str, status: u16 }
    Operation { operation: &'static str }
    Reason { reason: &'static str }
    CallOutcome { target: &'static str, outcome: &'static str }
    TargetState { target: &'static str, state: &'static str }
    PoolState { pool: &'static str, state: &'static str }
    Queue { queue: &'static str }
    HeldState { what: &'static str, state: &'static str }
    State { state: &'static str }
    HandledMessage { topic: &'static str, outcome: &'static str }
    Topic { topic: &'static str }
    KindState { kind: &'static str, state: &'static str }
    SagaStep { step: &'static str, state: &'static str }
    Build { service: &'static str, version: &'static str }
}
