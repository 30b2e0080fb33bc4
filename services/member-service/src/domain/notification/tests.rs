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
fn a_phone_is_its_digits() {
    assert_eq!(joined_phone([Some("010"), Some("1234"), Some("5678")]).as_deref(), Some("01012345678"));
    assert_eq!(joined_phone([Some("010"), Some("1234-"), Some("5678 ")]).as_deref(), Some("01012345678"));
    assert_eq!(joined_phone([Some("010"), Some("****"), Some("****")]), None);
    assert_eq!(joined_phone([Some("010"), None, Some("5678")]), None);
}
