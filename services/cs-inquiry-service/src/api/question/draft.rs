//! The fields of an inquiry, judged all at once.

use commerce::{FileNo, GoodsNo, ItemNo, OrderNo};
use dto::inquiry::QuestionRequest;
use platform::form::Form;

use crate::api::fields::{self, Lines};
use crate::domain::inquiry::{AboutOrder, Contact};
use crate::domain::inquiry_rules::Choice;
use crate::usecase::write_inquiry::Draft;

const LONGEST_TITLE: usize = 100;
const LONGEST_CONTENT: usize = 4_000;
/// More are not an order's.
const LARGEST_LINE: i32 = 99_999;

pub(crate) fn draft(form: &mut Form, request: &QuestionRequest) -> Option<Draft> {
    let type_id = match request.cnsl_typ_no.as_deref() {
        None | Some("") => {
            form.missing("cnslTypNo");
            None
        }
        // A number that no type can have is one that is not offered.
        value => fields::counted(form, "cnslTypNo", value).map(|number| number.unwrap_or(-1)),
    };
    let title = fields::required_text(form, "title", request.title.as_deref(), LONGEST_TITLE, Lines::One);
    let content =
        fields::required_text(form, "accpCont", request.accp_cont.as_deref(), LONGEST_CONTENT, Lines::Many);
    let choice = choice(form, request);
    let contact = contact(form, request);
    Some(Draft {
        type_id: type_id?,
        title: title?,
        content: content?,
        choice,
        contact,
        keeps_line: request.ord_seq.is_none(),
        keeps_item: request.itm_no.is_none(),
    })
}

fn choice(form: &mut Form, request: &QuestionRequest) -> Choice {
    let order_no = form.optional("ordNo", request.ord_no.as_deref(), OrderNo::parse);
    let line = form.optional("ordSeq", request.ord_seq.as_deref(), |text| {
        let line = text.parse::<i32>().ok().filter(|line| (1..=LARGEST_LINE).contains(line));
        line.ok_or("주문순번 형식이 올바르지 않습니다.")
    });
    let has_order = request.ord_no.as_deref().is_some_and(|text| !text.is_empty());
    if line.is_some() && !has_order {
        form.reject("ordNo", "주문순번은 주문번호와 함께 보내 주세요.");
    }
    Choice {
        order: order_no.map(|order_no| AboutOrder { order_no, line }),
        goods_no: form.optional("goodsNo", request.goods_no.as_deref(), GoodsNo::parse),
        item_no: form.optional("itmNo", request.itm_no.as_deref(), ItemNo::parse),
    }
}

fn contact(form: &mut Form, request: &QuestionRequest) -> Contact {
    Contact {
        name: None,
        phone: fields::phone(
            form,
            [
                ("cellSctNo", request.cell_sct_no.as_deref()),
                ("cellTxnoNo", request.cell_txno_no.as_deref()),
                ("cellEndNo", request.cell_end_no.as_deref()),
            ],
        ),
        email: fields::email(form, request.email_addr.as_deref()),
        wants_sms: fields::flag(form, "smsNotiYn", request.sms_noti_yn.as_deref()).unwrap_or(false),
    }
}

/// The files an edit takes away, each once.
pub(crate) fn removed_files(form: &mut Form, request: &QuestionRequest) -> Vec<FileNo> {
    let most = QuestionRequest::MOST_DEL_FILE_NOS;
    if request.del_file_nos.len() > most {
        form.reject("delFileNos", format!("{most}개까지 보낼 수 있습니다."));
    }
    let mut removed = Vec::new();
    for (index, text) in request.del_file_nos.iter().enumerate().take(most) {
        let file_no = form.required(&format!("delFileNos[{index}]"), Some(text), FileNo::parse);
        if let Some(file_no) = file_no.filter(|file_no| !removed.contains(file_no)) {
            removed.push(file_no);
        }
    }
    removed
}
