//! Brings about what accepted cancels ask for and the process that accepted them has not carried out itself.

use async_trait::async_trait;
use db::outbox::Message;
use service_kit::outbox_worker::{Failure, Handler};

use crate::app::AppState;
use crate::domain::cancel_saga::EffectKey;
use crate::usecase::{Attempted, carry_out_effect};

use super::{claim_no_of, failure_of, patience};

/// Handles the topic [`EFFECT_TOPIC`](crate::usecase::EFFECT_TOPIC).
pub struct ClaimEffects(pub AppState);

#[async_trait]
impl Handler for ClaimEffects {
    async fn handle(&self, message: &Message) -> Result<(), Failure> {
        let claim_no = claim_no_of(message)?;
        let key = EffectKey::kept(&message.key);
        match carry_out_effect(&self.0, &claim_no, &key, patience(&self.0.settings.outbox))
            .await
            .map_err(failure_of)?
        {
            Attempted::Settled => Ok(()),
            Attempted::Unanswered(why) => Err(Failure::Later(why)),
            Attempted::Refused(why) => Err(Failure::NeedsAttention(why)),
        }
    }
}
