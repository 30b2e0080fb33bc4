use super::{OpenError, Target};
use crate::settings::DatabaseSettings;

fn open(url: &str) -> Result<Target, OpenError> {
    Target::from_settings(&DatabaseSettings::new(url))
}

#[track_caller]
fn check_refused(url: &str, expected: &str) {
    let Err(refused) = open(url) else { panic!("`{url}` was accepted") };
    assert_eq!(refused.to_string(), expected);
    assert!(!format!("{refused:?}").contains("hunter2"));
}

#[track_caller]
fn check_path(url: &str, expected: &str) {
    match open(url) {
        Ok(Target::Sqlite(target)) => assert_eq!(target.path.to_str(), Some(expected)),
        _ => panic!("`{url}` is a SQLite file"),
    }
}

#[test]
fn sqlite_paths_are_absolute_or_relative() {
    check_path("sqlite:///var/lib/member.db", "/var/lib/member.db");
    check_path("sqlite://data/member.db", "data/member.db");
    check_path("sqlite://member.db", "member.db");
}

#[test]
fn a_typo_is_refused_by_name() {
    let unknown = |scheme: &str| {
        format!("`{scheme}` is not a database this service knows: write sqlite://… or postgres://…")
    };
    check_refused("postgress://member:hunter2@db/member", &unknown("postgress://"));
    check_refused("mysql://member:hunter2@db/member", &unknown("mysql://"));
    check_refused("SQLITE://member.db", &unknown("SQLITE://"));
    check_refused("://member.db", &unknown("://"));
    check_refused("member:hunter2@db://member", &unknown("(unreadable)"));
    let no_scheme = "the database URL has no scheme: write sqlite://… or postgres://…";
    check_refused("", no_scheme);
    check_refused("member.db", no_scheme);
    check_refused("postgres:hunter2", no_scheme);
    check_refused("sqlite:member.db", no_scheme);
}

#[test]
fn what_sqlite_would_read_as_something_else_than_a_file_is_refused() {
    let path =
        "the SQLite URL must name a file, without options: sqlite:///absolute/path or sqlite://relative/path";
    for url in [
        "sqlite://",
        "sqlite:///",
        "sqlite://:memory:",
        "sqlite://file:member.db",
        "sqlite://member.db?mode=ro",
        "sqlite://data/",
    ] {
        check_refused(url, path);
    }
}

#[test]
fn a_schema_has_a_plain_name_and_belongs_to_postgresql() {
    let mut settings = DatabaseSettings::new("sqlite://member.db");
    settings.schema = Some("member".to_owned());
    assert!(matches!(Target::from_settings(&settings), Err(OpenError::SchemaOnSqlite)));
    #[cfg(feature = "postgres")]
    for (schema, is_fine) in [
        ("member", true),
        ("cs_inquiry2", true),
        ("", false),
        ("Member", false),
        ("a\"; DROP", false),
        ("2a", false),
    ] {
        let mut settings = DatabaseSettings::new("postgres://db/member");
        settings.schema = Some(schema.to_owned());
        assert_eq!(Target::from_settings(&settings).is_ok(), is_fine, "{schema}");
    }
}

#[cfg(feature = "postgres")]
#[test]
fn timeouts_are_added_where_the_operator_set_none() {
    let with_timeouts = super::with_timeouts;
    assert_eq!(with_timeouts("postgres://db/a"), "postgres://db/a?connect_timeout=5&tcp_user_timeout=15000");
    assert_eq!(
        with_timeouts("postgres://db/a?connect_timeout=1"),
        "postgres://db/a?connect_timeout=1&tcp_user_timeout=15000"
    );
}
