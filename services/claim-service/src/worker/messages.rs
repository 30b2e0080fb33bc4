//! Does what the outbox asks for.

use async_trait::async_trait;
use commerce::{ClaimNo, MemberNo};
use db::outbox::Message;
use service_kit::outbox::worker::{Failure, Handler, OutboxWorker};

use crate::domain::saga::EffectKey;
use crate::state::AppState;
use crate::usecase::collection::coupon::hold_coupon;
use crate::usecase::collection::notice::tell_notice;
use crate::usecase::execution::note::carry_out;
use crate::usecase::execution::tell::{tell_additional_payment, tell_rejection};
use crate::usecase::imported::tell::tell_imported_claim;
use crate::usecase::messages::{
    COUPON_TOPIC, EFFECT_TOPIC, IMPORT_TOPIC, NOTICE_TOPIC, OPTION_TOPIC, PAYMENT_TOPIC, REJECTION_TOPIC,
    TOPICS,
};
use crate::usecase::option::confirm::confirm_option;
use crate::usecase::personal::mask_reasons::{REASONS_TOPIC, mask_reasons};
use crate::worker::patience;

/// The messages of claims and of members who have left.
#[derive(Clone)]
struct Messages(AppState);

/// The worker that empties this service's outbox.
pub fn outbox(state: &AppState) -> OutboxWorker {
    let settings = state.settings.outbox.clone();
    let worker = OutboxWorker::new(state.db.clone(), state.clock.clone(), settings, state.bell.clone());
    let topics = TOPICS.into_iter().chain([REASONS_TOPIC]);
    topics.fold(worker, |worker, topic| worker.on(topic, Messages(state.clone())))
}

#[async_trait]
impl Handler for Messages {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        let state = &self.0;
        if message.topic == REASONS_TOPIC {
            let member_no = MemberNo::parse(&message.payload).map_err(|_| names_no("member"))?;
            return mask_reasons(state, &member_no).await.map_err(Failure::from);
        }
        let claim_no = &ClaimNo::parse(&message.payload).map_err(|_| names_no("claim"))?;
        match message.topic.as_str() {
            EFFECT_TOPIC => {
                let (key, patience) = (EffectKey::kept(&message.key), patience(&state.settings.outbox));
                return carry_out(state, claim_no, &key, patience).await.map_err(Failure::from)?;
            }
            OPTION_TOPIC => confirm_option(state, claim_no).await,
            IMPORT_TOPIC => tell_imported_claim(state, claim_no).await,
            REJECTION_TOPIC => tell_rejection(state, claim_no, &message.key).await,
            PAYMENT_TOPIC => tell_additional_payment(state, claim_no).await,
            COUPON_TOPIC => hold_coupon(state, claim_no).await,
            NOTICE_TOPIC => tell_notice(state, claim_no, &message.key).await,
            other => return Err(Failure::NeedsAttention(format!("nobody handles the topic `{other}`"))),
        }
        .map_err(Failure::from)
    }
}

fn names_no(what: &str) -> Failure {
    Failure::NeedsAttention(format!("the message names no {what}"))
}
