//! POST `transferQnaSave`

use actix_web::web;
use commerce::{GoodsNo, MemberNo};
use dto::inquiry::QnaInfo;
use platform::answer::Answer;
use platform::extract::Json;
use platform::form::Form;
use platform::identity::Caller;
use service_kit::error::Error;
use service_kit::once::Once;

use crate::api::fields::{self, Lines};
use crate::domain::inquiry::Contact;
use crate::domain::writer::Writer;
use crate::state::AppState;
use crate::usecase::take_over_question::{Question, take_over_question};

const LONGEST_CONTENT: usize = 4_000;
const LONGEST_NUMBER: usize = 64;
const LONGEST_NAME: usize = 100;

/// 상품 Q&A 이관 등록
pub async fn transfer_qna_save(
    state: web::Data<AppState>,
    caller: Caller,
    once: Once,
    request: Json<QnaInfo>,
) -> Result<Answer, Error> {
    let (request, mut form) = request.open();
    let member_no = form.required("mbrNo", request.mbr_no.as_deref(), MemberNo::parse);
    let question = question(&mut form, &request);
    let member_no = form.complete(member_no)?;
    let writer = Writer { member_no, site_no: caller.site_no };
    let clock = state.clock.clone();
    let respond = move |id: crate::domain::inquiry::InquiryId| Answer::envelope(clock.now(), id.counsel_no());
    take_over_question(&state, &once, writer, caller.subject, question, respond).await
}

fn question(form: &mut Form, request: &QnaInfo) -> Question {
    let text = |form: &mut Form, field: &str, value: Option<&str>, most, lines| {
        fields::optional_text(form, field, value, most, lines)
    };
    Question {
        question_no: text(form, "questNo", request.quest_no.as_deref(), LONGEST_NUMBER, Lines::Key),
        goods_no: form.optional("goodsNo", request.goods_no.as_deref(), GoodsNo::parse),
        content: text(form, "accpCont", request.accp_cont.as_deref(), LONGEST_CONTENT, Lines::Many)
            .unwrap_or_default(),
        contact: Contact {
            name: text(form, "inqmnNm", request.inqmn_nm.as_deref(), LONGEST_NAME, Lines::One),
            phone: fields::phone(
                form,
                [
                    ("cellSctNo", request.cell_sct_no.as_deref()),
                    ("cellTxnoNo", request.cell_txno_no.as_deref()),
                    ("cellEndNo", request.cell_end_no.as_deref()),
                ],
            ),
            email: fields::email(form, request.email_addr.as_deref()),
            wants_sms: fields::flag(form, "cellNoYn", request.cell_no_yn.as_deref()).unwrap_or(false),
        },
    }
}
