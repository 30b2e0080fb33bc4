//! What a migration does to tables that older code is still using.

use std::collections::BTreeSet;

/// What is wrong with a migration, in words; nothing where the last release's code can go on beside it.
///
/// Statements begin at the start of a line, as all of ours do; what is indented belongs to the one above. A statement that is
/// not known to be harmless is a fault: whoever writes the first of its kind thinks about it, and adds it here.
pub fn faults(sql: &str) -> Vec<String> {
    let mut created = BTreeSet::new();
    let mut added = BTreeSet::new();
    let mut faults = Vec::new();
    for statement in statements(sql) {
        let words: Vec<&str> = statement.split_whitespace().map(|word| word.trim_end_matches(';')).collect();
        let upper: Vec<String> = words.iter().map(|word| word.to_ascii_uppercase()).collect();
        let kinds: Vec<&str> = upper.iter().map(String::as_str).collect();
        let named = |place: usize| words.get(place).map(|word| name(word)).unwrap_or_default();
        match kinds.as_slice() {
            ["CREATE", "TABLE", ..] => {
                created.insert(named(2));
            }
            ["CREATE", "INDEX" | "TRIGGER" | "FUNCTION" | "VIEW", ..] | ["INSERT", "INTO", ..] => {}
            // Old code may be writing what a new rule forbids.
            ["CREATE", "UNIQUE", "INDEX", _, "ON", ..] if created.contains(&named(5)) => {}
            // What it does not know it leaves empty, and empty ones never collide.
            ["CREATE", "UNIQUE", "INDEX", _, "ON", ..]
                if columns(&statement).all(|column| added.contains(&(named(5), column))) => {}
            // A rule gives way to another of its name: a wider one, or old code would be refused what it has always written.
            ["ALTER", "TABLE", _, "DROP", "CONSTRAINT", name, "ADD", "CONSTRAINT", again, "CHECK", ..]
                if name.trim_end_matches(',') == *again => {}
            // How SQLite lets a check be widened.
            ["PRAGMA", "WRITABLE_SCHEMA", "=", "ON" | "RESET"] => {}
            ["UPDATE", "SQLITE_SCHEMA", "SET", "SQL", "=", rest @ ..]
                if rest.first().is_some_and(|word| word.starts_with("REPLACE(")) => {}
            ["ALTER", "TABLE", _, "ADD", "COLUMN", ..] if created.contains(&named(2)) => {}
            ["ALTER", "TABLE", _, "ADD", "COLUMN", rest @ ..] => {
                faults.extend(fault_of_column(&statement, rest));
                if !rest.contains(&"DEFAULT") {
                    added.insert((named(2), named(5)));
                }
            }
            _ => faults.push(format!("`{}` is not known to be harmless", first_line(&statement))),
        }
    }
    faults
}

/// Old code leaves out a column it does not know.
fn fault_of_column(statement: &str, rest: &[&str]) -> Option<String> {
    let has = |words: &[&str]| rest.windows(words.len()).any(|window| window == words);
    let why = if has(&["NOT", "NULL"]) && !rest.contains(&"DEFAULT") {
        "must be filled, which old code can't"
    } else if rest.contains(&"UNIQUE") || has(&["PRIMARY", "KEY"]) {
        "makes a rule that old code does not know"
    } else {
        return None;
    };
    Some(format!("`{}` {why}", first_line(statement)))
}

fn statements(sql: &str) -> Vec<String> {
    /// How the inner lines of a statement begin that stand at the start of a line all the same.
    const INSIDE: [&str; 8] = [")", "$$", "BEGIN", "END", "VALUES", "WHEN", "FOR", "ON"];
    let mut statements: Vec<String> = Vec::new();
    for line in sql.lines().filter(|line| !line.trim_start().starts_with("--")) {
        let begins_one = line.starts_with(|first: char| !first.is_whitespace())
            && !INSIDE.iter().any(|word| line.to_ascii_uppercase().starts_with(word));
        match statements.last_mut() {
            Some(last) if !begins_one => {
                last.push('\n');
                last.push_str(line);
            }
            _ => statements.push(line.to_owned()),
        }
    }
    statements.retain(|statement| !statement.trim().is_empty());
    statements
}

/// The columns of an index.
fn columns(statement: &str) -> impl Iterator<Item = String> {
    let list = statement.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    list.map_or("", |(list, _)| list).split(',').map(|column| name(column.trim()))
}

fn name(word: &str) -> String {
    word.split('(').next().unwrap_or_default().trim_matches('"').to_owned()
}

fn first_line(statement: &str) -> &str {
    statement.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sql: &str, expected: &[&str]) {
        let found = faults(sql);
        assert_eq!(found.len(), expected.len(), "{sql}: {found:?}");
        for (fault, expected) in found.iter().zip(expected) {
            assert!(fault.contains(expected), "{fault}");
        }
    }

    #[test]
    fn what_adds_is_harmless() {
        check("ALTER TABLE a ADD COLUMN b TEXT;\nCREATE UNIQUE INDEX a_b ON a (b);", &[]);
        check("CREATE TABLE a (\n    b TEXT NOT NULL\n);\nCREATE UNIQUE INDEX a_b ON a (b);\n", &[]);
        check("ALTER TABLE a ADD COLUMN b TEXT;\nALTER TABLE a ADD COLUMN c TEXT NOT NULL DEFAULT 'x';", &[]);
        check(
            "-- DROP is only a word here\nCREATE INDEX a_b ON a (b);\nINSERT INTO a (b) VALUES\n    ('DROP');",
            &[],
        );
        check("CREATE VIEW v AS\n    SELECT b FROM a;", &[]);
        check("ALTER TABLE a DROP CONSTRAINT b,\n    ADD CONSTRAINT b CHECK (length(c) < 9) NOT VALID;", &[]);
        check(
            "PRAGMA writable_schema = ON;\nUPDATE sqlite_schema SET sql = replace(sql, 'b < 8', 'b < 9')\n    \
             WHERE name = 'a';\nPRAGMA writable_schema = RESET;",
            &[],
        );
        check("CREATE TRIGGER t AFTER INSERT ON a\nBEGIN\n    UPDATE a SET b = 1;\nEND;", &[]);
        check(
            "CREATE FUNCTION f() RETURNS trigger AS $$\nBEGIN\n    DELETE FROM a;\nEND\n$$ LANGUAGE plpgsql;",
            &[],
        );
    }

    #[test]
    fn what_takes_something_away_or_demands_something_is_named() {
        check("DROP TABLE a;", &["DROP TABLE a"]);
        check("ALTER TABLE a DROP COLUMN b;", &["DROP COLUMN b"]);
        check("ALTER TABLE a RENAME COLUMN b TO c;", &["RENAME"]);
        check("ALTER TABLE a ALTER COLUMN b SET NOT NULL;", &["ALTER COLUMN"]);
        check("ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0);", &["ADD CONSTRAINT"]);
        check("ALTER TABLE a DROP CONSTRAINT b;", &["DROP CONSTRAINT"]);
        check("ALTER TABLE a DROP CONSTRAINT b,\n    ADD CONSTRAINT c CHECK (d > 0);", &["DROP CONSTRAINT"]);
        check("UPDATE sqlite_schema SET sql = 'x';", &["sqlite_schema"]);
        check("PRAGMA foreign_keys = OFF;", &["foreign_keys"]);
        check("ALTER TABLE a ADD COLUMN b TEXT NOT NULL;", &["must be filled"]);
        check("alter table a add column b text\n    not null;", &["must be filled"]);
        check("ALTER TABLE a ADD COLUMN b TEXT UNIQUE;", &["a rule"]);
        check("CREATE UNIQUE INDEX a_b ON a (b);", &["CREATE UNIQUE INDEX"]);
        let filled = "ALTER TABLE a ADD COLUMN b TEXT DEFAULT 'x';\nCREATE UNIQUE INDEX a_b ON a (b);";
        check(filled, &["CREATE UNIQUE INDEX"]);
        check(
            "ALTER TABLE a ADD COLUMN b TEXT;\nCREATE UNIQUE INDEX a_b ON a (b, c);",
            &["CREATE UNIQUE INDEX"],
        );
        check("UPDATE a SET b = 1;", &["UPDATE a"]);
        check("CREATE TABLE a (\n    b TEXT\n);\nDROP TABLE old;", &["DROP TABLE old"]);
    }
}
