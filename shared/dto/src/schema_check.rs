//! Holds a type against a hand-written list of its schema's fields.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What a schema says about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Must be there and not null.
    Required,
    /// Must be there, may be null.
    RequiredNullable,
    /// May be absent, and null means the same.
    Optional,
}

pub(crate) use Need::{Optional, Required, RequiredNullable};

/// Reads the sample; takes each field away, nulls it and spoils it; and holds what is written against the list.
#[track_caller]
pub(crate) fn check_schema<T: Serialize + DeserializeOwned>(fields: &[(&str, Need, Value)]) {
    let sample: Map<String, Value> =
        fields.iter().map(|(name, _, value)| ((*name).to_owned(), value.clone())).collect();
    let read = |sample: Map<String, Value>| serde_json::from_value::<T>(Value::Object(sample));

    let written = serde_json::to_value(read(sample.clone()).unwrap()).unwrap();
    let written_names: BTreeSet<String> = written.as_object().unwrap().keys().cloned().collect();
    let expected_names: BTreeSet<String> = sample.keys().cloned().collect();
    assert_eq!(written_names, expected_names);
    assert_eq!(written, Value::Object(sample.clone()));

    let stranger = [("noSuchField".to_owned(), Value::Bool(true))];
    assert!(read(sample.clone().into_iter().chain(stranger).collect()).is_ok(), "unknown fields are ignored");

    for (name, need, _) in fields {
        let mut without = sample.clone();
        without.remove(*name);
        match read(without) {
            Ok(_) => assert_eq!(*need, Optional, "{name} may not be absent"),
            Err(refused) => {
                assert_ne!(*need, Optional, "{name}: {refused}");
                assert_eq!(refused.to_string(), format!("missing field `{name}`"));
            }
        }

        let mut nulled = sample.clone();
        nulled.insert((*name).to_owned(), Value::Null);
        assert_eq!(read(nulled).is_ok(), *need != Required, "{name} as null");

        let mut spoiled = sample.clone();
        spoiled.insert((*name).to_owned(), Value::Bool(true));
        assert!(read(spoiled).is_err(), "{name} of a wrong type");
    }
}
