//! member-service: the member's own orders, and the notification hub.

use std::collections::BTreeMap;

use commerce::period::Period;
use commerce::{Channel, MemberNo, OrderNo, SiteNo};
use contract::operations::member;
use dto::date_time::KstDate;
use dto::internal::{MemberOrderLines, OrderOwnership};
use dto::notification::{NotifyReceiver, NotifyRequest};
use platform::http_client::{Call, ClientError, Repeat, ServiceClient, post};

use crate::domain::catalogue::{OrderedLine, OwnOrder};
use crate::domain::inquiry::Inquiry;
use crate::domain::inquiry_rules::OrderLine;

/// The hub's template for an answered inquiry.
const INQUIRY_ANSWERED: &str = "INQUIRY_ANSWERED";

#[derive(Clone, Debug)]
pub struct MemberService(pub ServiceClient);

impl MemberService {
    /// The number of all lines in a period and a page of them.
    pub async fn find_ordered_lines(
        &self,
        member_no: &MemberNo,
        site_no: &SiteNo,
        period: Period,
        page_no: i64,
        page_size: i64,
    ) -> Result<(i64, Vec<OrderedLine>), ClientError> {
        let day = |day: Option<chrono::NaiveDate>| KstDate(day.unwrap_or_default()).0.to_string();
        let (first_day, last_day) = (day(period.first_day), day(period.last_day));
        let (page_no, page_size) = (page_no.to_string(), page_size.to_string());
        let query = [
            ("siteNo", site_no.as_str()),
            ("strDt", &first_day),
            ("endDt", &last_day),
            ("pageNo", &page_no),
            ("pageSize", &page_size),
        ];
        let call = Call::<()> {
            operation: &member::INTERNAL_MEMBER_ORDER_LINES,
            path_value: Some(member_no.as_str()),
            query: &query,
            body: None,
            repeat: Repeat::Safe,
        };
        let answer: MemberOrderLines = self.0.call(call).await?.bare()?;
        let lines = answer
            .list
            .into_iter()
            .map(|row| OrderedLine {
                order_no: row.ord_no,
                ordered_at: row.ord_dtm.utc(),
                line: OrderLine {
                    line: row.ord_seq,
                    goods_no: row.goods_no,
                    goods_name: row.goods_nm,
                    item_no: row.itm_no,
                },
                item_name: row.itm_nm,
                image: row.goods_img,
                quantity: row.ord_qty,
                price: row.sale_prc,
                status: row.ord_dtl_stat_cd,
            })
            .collect();
        Ok((answer.total_count, lines))
    }

    /// The order if it is the member's own; `None` for another's and for one that does not exist, which look alike.
    pub async fn find_own_order(
        &self,
        member_no: &MemberNo,
        site_no: &SiteNo,
        order_no: &OrderNo,
    ) -> Result<Option<OwnOrder>, ClientError> {
        let call = Call::<()> {
            operation: &member::INTERNAL_ORDER_OWNERSHIP,
            path_value: Some(order_no.as_str()),
            query: &[("mbrNo", member_no.as_str()), ("siteNo", site_no.as_str())],
            body: None,
            repeat: Repeat::Safe,
        };
        let answer: OrderOwnership = self.0.call(call).await?.bare()?;
        let lines = answer.lines.into_iter().map(|row| OrderLine {
            line: row.ord_seq,
            goods_no: row.goods_no,
            goods_name: row.goods_nm,
            item_no: row.itm_no,
        });
        Ok(answer.is_own.then(|| OwnOrder { orderer: answer.ord_man_nm, lines: lines.collect() }))
    }

    /// Tells the member that its inquiry was answered: in the 알림함, and by SMS with its consent. The key makes each once.
    pub async fn tell_answered(&self, key: &str, inquiry: &Inquiry) -> Result<(), ClientError> {
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
        self.0.call(post(&member::INTERNAL_NOTIFICATIONS, &request)).await?;
        Ok(())
    }
}
