//! The document of `make load`.

use serde_json::{Map, Value};

/// Its parts, in the order in which they are sent: what later parts speak of comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Goods,
    Policies,
    Coupons,
    Orders,
    Claims,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::Goods, Self::Policies, Self::Coupons, Self::Orders, Self::Claims];

    /// Its name in the document and, but for policies, in the request.
    pub fn name(self) -> &'static str {
        match self {
            Self::Goods => "goods",
            Self::Policies => "policies",
            Self::Coupons => "coupons",
            Self::Orders => "orders",
            Self::Claims => "claims",
        }
    }

    pub(super) fn is_put(self) -> bool {
        matches!(self, Self::Goods | Self::Policies)
    }
}

/// Rows by part; numbers keep the text they came with.
#[derive(Clone, Debug, Default)]
pub struct Document {
    parts: Map<String, Value>,
}

impl Document {
    /// A part that is misspelt would be left out silently, so unknown ones are refused.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts: Map<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        for (name, rows) in &parts {
            if !Part::ALL.iter().any(|part| part.name() == name) {
                let known: Vec<&str> = Part::ALL.iter().map(|part| part.name()).collect();
                return Err(format!("`{name}` is none of {}", known.join(", ")));
            }
            if !rows.is_array() {
                return Err(format!("`{name}` is not a list"));
            }
        }
        Ok(Self { parts })
    }

    #[must_use]
    pub fn with(mut self, part: Part, rows: Vec<Value>) -> Self {
        self.parts.insert(part.name().to_owned(), Value::Array(rows));
        self
    }

    pub fn rows(&self, part: Part) -> Option<&[Value]> {
        self.parts.get(part.name())?.as_array().map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_part_is_named() {
        assert_eq!(
            Document::parse(r#"{"order":[]}"#).unwrap_err(),
            "`order` is none of goods, policies, coupons, orders, claims"
        );
        assert_eq!(Document::parse(r#"{"orders":{}}"#).unwrap_err(), "`orders` is not a list");
    }

    #[test]
    fn every_part_is_optional() {
        let document = Document::parse(r#"{"orders":[{"ordNo":"20260801O000001"}]}"#).unwrap();
        assert_eq!(document.rows(Part::Orders).unwrap().len(), 1);
        assert!(document.rows(Part::Goods).is_none());
    }
}
