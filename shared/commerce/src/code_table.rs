//! One declaration per code table; everything a code can do follows from it.

/// A text that is no code of its table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a code of table {table}")]
pub struct UnknownCode {
    pub table: &'static str,
    pub text: String,
}

/// Declares a code table: its number (or its field's name, where it has none), then per code the Korean
/// label as the doc comment, the code and, where it travels under another name, that name.
///
/// ```text
/// "PR008" pub enum DeliveryProcess {
///     /// 센터배송
///     Centre = "10" as "CNTR_DLV",
/// }
/// ```
///
/// The code is what a database keeps, the wire form is what JSON carries.
macro_rules! code_table {
    (@wire $code:literal) => { $code };
    (@wire $code:literal $wire:literal) => { $wire };
    (
        $(#[$attribute:meta])*
        $table:literal $vis:vis enum $name:ident {
            $( #[doc = $label:literal] $variant:ident = $code:literal $(as $wire:literal)? ),+ $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(
            feature = "diesel",
            derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow),
            diesel(sql_type = diesel::sql_types::Text)
        )]
        $vis enum $name {
            $( #[doc = $label] $variant ),+
        }

        impl $name {
            /// The table's number, or the field's name where the table has none.
            pub const TABLE: &'static str = $table;
            /// Every code, in the table's order.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];

            /// The code as a database keeps it.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$variant => $code ),+ }
            }

            /// The code as JSON carries it.
            pub const fn wire(self) -> &'static str {
                match self { $( Self::$variant => code_table!(@wire $code $($wire)?) ),+ }
            }

            /// The Korean label a person reads.
            pub const fn label(self) -> &'static str {
                match self { $( Self::$variant => $label.trim_ascii() ),+ }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                match code { $( $code => Some(Self::$variant), )+ _ => None }
            }

            pub fn from_wire(wire: &str) -> Option<Self> {
                match wire { $( code_table!(@wire $code $($wire)?) => Some(Self::$variant), )+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.wire())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Wire;
                impl serde::de::Visitor<'_> for Wire {
                    type Value = $name;
                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        formatter.write_str(concat!("a code of table ", $table))
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        $name::from_wire(text).ok_or_else(|| {
                            E::custom($crate::code_table::UnknownCode::of($name::TABLE, text))
                        })
                    }
                }
                deserializer.deserialize_str(Wire)
            }
        }

        // Bounds on `str` and `String` make these serve every backend at once, the multi-backend
        // connection included.
        #[cfg(feature = "diesel")]
        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, DB>>::to_sql(self.code(), out)
            }
        }

        #[cfg(feature = "diesel")]
        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let code = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(bytes)?;
                Self::from_code(&code).ok_or_else(|| $crate::code_table::UnknownCode::of(Self::TABLE, &code).into())
            }
        }
    };
}

impl UnknownCode {
    /// Keeps at most 40 characters of what was sent: the text goes into answers and logs.
    pub fn of(table: &'static str, text: &str) -> Self {
        Self { table, text: text.chars().take(40).collect() }
    }
}
