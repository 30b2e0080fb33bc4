//! member-service: the notification hub.

use std::collections::BTreeMap;

use commerce::Channel;
use dto::notification::{NotifyReceiver, NotifyRequest};
use dto::operations::member;
use platform::http_client::{ClientError, ServiceClient, post};

use crate::domain::inquiry::Inquiry;

/// The hub's template for an answered inquiry.
const INQUIRY_ANSWERED: &str = "INQUIRY_ANSWERED";

/// Tells the member that its inquiry was answered: in the 알림함, and by SMS with its consent. The key makes each once.
pub async fn tell_answered(client: &ServiceClient, key: &str, inquiry: &Inquiry) -> Result<(), ClientError> {
    let contact = &inquiry.text.contact;
    let wants_sms = contact.wants_sms && contact.phone.is_dialable();
    let receiver = if wants_sms {
        NotifyReceiver {
            name: contact.name.clone(),
            cell_sct_no: contact.phone.first.clone(),
            cell_txno_no: contact.phone.middle.clone(),
            cell_end_no: contact.phone.last.clone(),
            email_addr: None,
        }
    } else {
        NotifyReceiver::default()
    };
    let request = NotifyRequest {
        noti_key: key.to_owned(),
        tmpl_cd: INQUIRY_ANSWERED.to_owned(),
        chnl_cds: if wants_sms { vec![Channel::Inbox, Channel::Sms] } else { vec![Channel::Inbox] },
        site_no: inquiry.site_no.clone(),
        mbr_no: Some(inquiry.member_no.clone()),
        // Without it the hub never looks for another address than the one the member gave for this.
        ord_no: None,
        receiver,
        variables: BTreeMap::from([
            ("ccnNo".to_owned(), inquiry.id.counsel_no().into_string()),
            ("title".to_owned(), inquiry.text.title.clone()),
        ]),
    };
    client.call(post(&member::INTERNAL_NOTIFICATIONS, &request)).await?;
    Ok(())
}
