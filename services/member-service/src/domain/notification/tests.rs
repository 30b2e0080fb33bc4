use super::templates::{CLAIM_COMPLETED, GUEST_TEMP_PASSWORD};
use super::*;

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn template(title: &'static str, body: &'static str) -> &'static Template {
    Box::leak(Box::new(Template {
        code: "T",
        title,
        body,
        channels: &[Channel::Sms],
        has_sms_instead: false,
        secret_variables: &["b"],
    }))
}

#[track_caller]
fn check(body: &'static str, pairs: &[(&str, &str)], expected: Result<&str, &'static str>) {
    let filled = template("t", body).fill(&values(pairs));
    let expected = expected
        .map(str::to_owned)
        .map_err(|variable| TemplateRefusal::MissingVariable { code: "T", variable });
    assert_eq!(filled.map(|filled| filled.body), expected);
}

#[test]
fn a_template_is_filled_with_what_it_names_and_nothing_is_guessed() {
    check("{{a}}", &[("a", "1")], Ok("1"));
    check("[{{ a }}] {{a}}{{c}}!", &[("a", "1"), ("c", "다")], Ok("[1] 1다!"));
    check("no placeholder", &[("a", "1")], Ok("no placeholder"));
    check("", &[], Ok(""));
    check("{{a}} {{c}}", &[("a", "1")], Err("c"));
    check("{{a}}", &[("a", "{{c}}"), ("c", "x")], Ok("{{c}}"));
    check("open {{a", &[], Ok("open {{a"));
}

#[test]
fn a_kept_text_shows_stars_where_the_sent_one_has_a_secret() {
    let filled =
        template("{{b}}", "{{a}} {{b}}").fill(&values(&[("a", "1"), ("b", "secret")])).expect("all is given");
    assert_eq!((filled.title.as_str(), filled.body.as_str()), ("secret", "1 secret"));
    assert_eq!((filled.kept_title.as_str(), filled.kept_body.as_str()), ("******", "1 ******"));
}

#[test]
fn a_temporary_password_goes_to_the_phone_and_is_kept_nowhere() {
    let template = Template::find(GUEST_TEMP_PASSWORD).expect("the template is there");
    let filled = template
        .fill(&values(&[("ordNo", "20260801O000002"), ("ordPwd", "Abcd234567")]))
        .expect("all is given");
    assert!(filled.body.contains("20260801O000002") && filled.body.contains("Abcd234567"));
    assert!(!filled.kept_body.contains("Abcd234567"));
    assert_eq!(template.check_channel(Channel::Alimtalk), Ok(()));
    for channel in [Channel::Email, Channel::Inbox] {
        assert!(template.check_channel(channel).is_err());
    }
}

#[test]
fn every_template_is_whole() {
    for template in TEMPLATES {
        assert_eq!(Template::find(template.code).map(|found| found.code), Ok(template.code));
        assert_eq!(TEMPLATES.iter().filter(|other| other.code == template.code).count(), 1);
        assert!(!template.channels.is_empty() && !template.title.is_empty() && !template.body.is_empty());
        let names = template.variables();
        assert!(template.secret_variables.iter().all(|secret| names.contains(secret)));
        assert!(!template.has_sms_instead || template.channels.contains(&Channel::Sms));
        let all = names.iter().map(|name| ((*name).to_owned(), format!("<{name}>"))).collect();
        let filled = template.fill(&all).expect("all is given");
        assert!(!filled.body.contains("{{") && !filled.title.contains("{{"));
    }
}

#[test]
fn an_unknown_template_is_refused_by_name() {
    assert_eq!(Template::find("NOPE"), Err(TemplateRefusal::UnknownTemplate { code: "NOPE".to_owned() }));
    assert_eq!(
        Template::find(CLAIM_COMPLETED).expect("the template is there").variables(),
        ["claimNm", "ordNo", "claimNo", "rfdAmt"]
    );
}

#[test]
fn a_customer_hears_of_every_step_of_a_return_and_an_exchange_by_its_own_name() {
    let steps: [(&str, &[&str]); 9] = [
        ("CLAIM_RECEIVED", &[]),
        ("CLAIM_COLLECTING", &[]),
        ("CLAIM_COLLECTED", &[]),
        ("CLAIM_SHIPPED", &["hdcCd", "invNo"]),
        ("CLAIM_EXCHANGED", &[]),
        ("CLAIM_COMPLETED", &["rfdAmt"]),
        ("CLAIM_REJECTED", &["rsn"]),
        ("CLAIM_WITHDRAWN", &[]),
        ("CLAIM_CONVERTED", &["rtnClaimNo"]),
    ];
    for (code, own) in steps {
        let template = Template::find(code).expect("the template is there");
        assert_eq!(template.variables(), [&["claimNm", "ordNo", "claimNo"], own].concat(), "{code}");
        assert_eq!(template.channels, [Channel::Alimtalk, Channel::Sms, Channel::Email, Channel::Inbox]);
        assert!(template.title.starts_with("{{claimNm}}"), "{code}");
    }
    let told = |code: &str, name: &str| {
        let filled = Template::find(code)
            .expect("the template is there")
            .fill(&values(&[("claimNm", name), ("ordNo", "O"), ("claimNo", "C"), ("rsn", "사용")]))
            .expect("all is given");
        format!("{}\n{}", filled.title, filled.body)
    };
    assert_eq!(
        told("CLAIM_REJECTED", "반품"),
        "반품 요청이 처리되지 않았습니다\n주문번호 O의 반품 요청(접수번호 C)을 처리하지 못했습니다.\n사유: 사용\n자세한 \
         내용은 고객센터로 문의해 주세요."
    );
    assert_eq!(
        told("CLAIM_WITHDRAWN", "교환"),
        "교환 요청이 철회되었습니다\n주문번호 O의 교환 요청(접수번호 C)이 철회되었습니다.\n미리 결제하신 금액이 있다면 모두 \
         환불됩니다.\n자세한 내용은 고객센터로 문의해 주세요."
    );
}

#[test]
fn a_phone_is_its_digits() {
    assert_eq!(joined_phone([Some("010"), Some("1234"), Some("5678")]).as_deref(), Some("01012345678"));
    assert_eq!(joined_phone([Some("010"), Some("1234-"), Some("5678 ")]).as_deref(), Some("01012345678"));
    assert_eq!(joined_phone([Some("010"), Some("****"), Some("****")]), None);
    assert_eq!(joined_phone([Some("010"), None, Some("5678")]), None);
}
