//! 답변 템플릿: what its operations have in common.

use commerce::Yn;
use dto::inquiry::TemplateDetail;
use platform::form::Form;

use crate::api::fields::{self};
use crate::domain::template::Template;

/// A number that no template can have is answered like one that none has.
pub(super) fn required_number(form: &mut Form, value: Option<&str>) -> Option<i64> {
    if value.is_none_or(str::is_empty) {
        form.missing("tmplNo");
        return None;
    }
    fields::counted(form, "tmplNo", value).map(|number| number.unwrap_or(-1))
}

pub(super) fn shown(template: Template) -> TemplateDetail {
    TemplateDetail {
        tmpl_no: template.id.to_string(),
        tmpl_nm: template.name,
        tmpl_cont: template.text,
        cmn_yn: Yn::from(template.is_common),
        reg_user_id: template.written_by,
        mod_dtm: template.changed_at.into(),
        cnsl_typ_no: template.type_id.map(|type_id| type_id.to_string()),
    }
}
