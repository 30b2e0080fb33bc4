//! Inquiries in the contract's words.

use commerce::Yn;
use dto::inquiry::{CounselHistory, CounselMemo, CounselRow, FileInfo, QuestionDetail, QuestionRow};

use crate::domain::attachment::Attachment;
use crate::domain::history::RecordedStep;
use crate::domain::inquiry::{Inquiry, InquirySummary};
use crate::domain::memo::Memo;
use crate::domain::template_fill::answer_shown;
use crate::usecase::read_inquiries::ShownInquiry;

pub(super) fn row(summary: InquirySummary) -> QuestionRow {
    QuestionRow {
        ccn_no: summary.id.counsel_no(),
        cnsl_typ_no: summary.type_id.to_string(),
        cnsl_typ_nm: summary.type_name,
        title: summary.title,
        accp_dtm: summary.accepted_at.into(),
        cnsl_stat_cd: summary.status,
        cnsl_stat_nm: summary.status.label().to_owned(),
        ord_no: summary.order_no,
        goods_no: summary.goods_no,
        goods_nm: summary.goods_name,
        file_cnt: summary.file_count,
        ans_dtm: summary.answered_at.map(Into::into),
    }
}

pub(super) fn desk_row(summary: InquirySummary) -> CounselRow {
    CounselRow {
        mbr_no: summary.member_no.clone(),
        proc_user_id: summary.agent.clone(),
        mod_dtm: summary.changed_at.into(),
        row: row(summary),
    }
}

pub(super) fn detail(shown: ShownInquiry) -> QuestionDetail {
    let ShownInquiry { inquiry, type_name, files } = shown;
    let row = row(inquiry.summary(type_name));
    let answer_text = answer_shown(&inquiry);
    let Inquiry { text, answer, .. } = inquiry;
    QuestionDetail {
        row,
        accp_cont: text.content,
        sms_noti_yn: Yn::from(text.contact.wants_sms),
        cell_sct_no: text.contact.phone.first,
        cell_txno_no: text.contact.phone.middle,
        cell_end_no: text.contact.phone.last,
        email_addr: text.contact.email,
        files: files.into_iter().map(file).collect(),
        ans_cont: answer_text,
        // A token names an agent by its id alone.
        ans_user_nm: answer.map(|answer| answer.by),
    }
}

fn file(attachment: Attachment) -> FileInfo {
    FileInfo {
        url: format!("/v1/customerservice/files/{}", attachment.file_no),
        file_no: attachment.file_no,
        file_nm: attachment.name,
        bytes: attachment.bytes,
        media_type: attachment.kind.media_type().to_owned(),
    }
}

pub(super) fn history(step: RecordedStep) -> CounselHistory {
    CounselHistory {
        seq: step.seq,
        dtm: step.at.into(),
        user_id: step.by,
        act_cd: step.act_code,
        from_stat_cd: step.from,
        to_stat_cd: step.to,
    }
}

pub(super) fn memo(memo: Memo) -> CounselMemo {
    CounselMemo { seq: memo.seq, dtm: memo.at.into(), user_id: memo.by, memo_cont: memo.text }
}
