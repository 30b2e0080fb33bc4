//! Texts of a body that not every database keeps: PostgreSQL has no place for the character NUL.

use std::fmt;

use dto::envelope::MOST_FIELD_ERRORS;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::fault::{Fault, Step};

/// The only way a JSON text can hold it: as it is, it is no JSON.
const ESCAPED: &str = "\\u0000";

/// A fault for each text or name with such a character, in whatever field it stands, 50 at most.
///
/// The body is JSON already. Only one that looks as if it had such a character is walked through.
pub(super) fn unkeepable(body: &str) -> Vec<Fault> {
    let mut found = Found { place: Vec::new(), faults: Vec::new() };
    if body.contains(ESCAPED) {
        // Ends early when enough was found.
        let _ = found.deserialize(&mut serde_json::Deserializer::from_str(body));
    }
    found.faults
}

/// Walks through a value and keeps none of it.
struct Found {
    place: Vec<Step>,
    faults: Vec<Fault>,
}

impl Found {
    fn look<E: serde::de::Error>(&mut self, text: &str) -> Result<(), E> {
        if text.contains('\0') {
            self.faults.push(Fault::unkeepable(self.place.clone()));
        }
        if self.faults.len() < MOST_FIELD_ERRORS { Ok(()) } else { Err(E::custom("enough")) }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Found {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Found {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.look(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        for index in 0.. {
            self.place.push(Step::Index(index));
            let row = rows.next_element_seed(&mut *self)?;
            self.place.pop();
            if row.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<String>()? {
            self.place.push(Step::Key(name.clone()));
            self.look::<A::Error>(&name)?;
            fields.next_value_seed(&mut *self)?;
            self.place.pop();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, fields: &[&str]) {
        let found: Vec<String> = unkeepable(body).iter().map(|fault| fault.row().field).collect();
        assert_eq!(found, fields, "{body}");
    }

    #[test]
    fn every_text_with_nul_is_named_wherever_it_stands() {
        check(r#"{"a":"x","b":1.5,"c":[true,null,-1]}"#, &[]);
        check(r#"{"a":"x\u0000"}"#, &["a"]);
        check(
            r#"{"a":{"b":["", "\u0000", 1, {"c":"\u0000\u0000"}]},"d":"\u0000"}"#,
            &["a.b[1]", "a.b[3].c", "d"],
        );
        check(r#""\u0000""#, &["body"]);
        check(r#"[["\u0000"]]"#, &["[0][0]"]);
    }

    #[test]
    fn a_backslash_before_the_same_letters_is_no_nul() {
        check(r#"{"a":"\\u0000"}"#, &[]);
        check(r#"{"a":"\\\u0000"}"#, &["a"]);
    }

    #[test]
    fn names_are_looked_at_and_rows_have_a_bound() {
        check("{\"a\\u0000b\":1}", &["a\0b"]);
        let many = format!("[{}]", vec![r#""\u0000""#; 1000].join(","));
        assert_eq!(unkeepable(&many).len(), MOST_FIELD_ERRORS);
    }
}
