use std::fmt;
use std::str::FromStr;

use super::decimal::{self, Refusal};
use super::won::Won;

/// A number that is no rate, or no rate-or-amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MalformedRate {
    #[error("not a decimal number")]
    NotANumber,
    #[error("finer than 0.01")]
    TooFine,
    #[error("below 0 or above the largest value allowed")]
    OutOfRange,
}

impl From<Refusal> for MalformedRate {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotANumber => Self::NotANumber,
            Refusal::TooFine => Self::TooFine,
            Refusal::TooLarge => Self::OutOfRange,
        }
    }
}

/// 율: a percentage between 0 and 100 in steps of 0.01, kept as whole basis points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(
    feature = "diesel",
    derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow),
    diesel(sql_type = diesel::sql_types::BigInt)
)]
pub struct Rate(i64);

impl Rate {
    pub const ZERO: Self = Self(0);
    /// Basis points in the whole.
    pub const WHOLE: i64 = 10_000;

    pub fn from_basis_points(basis_points: i64) -> Option<Self> {
        (0..=Self::WHOLE).contains(&basis_points).then_some(Self(basis_points))
    }

    pub const fn basis_points(self) -> i64 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads a percentage as JSON writes numbers: `2.9`, `10`, `1e1`.
    pub fn from_percent_text(text: &str) -> Result<Self, MalformedRate> {
        Self::from_basis_points(decimal::hundredths(text)?).ok_or(MalformedRate::OutOfRange)
    }

    /// The shortest text that reads back as this rate.
    pub fn to_percent_text(self) -> String {
        decimal::text_of(self.0)
    }

    /// This share of an amount, rounded down (towards minus infinity).
    pub fn portion_floor(self, of: Won) -> Option<Won> {
        // Everyday products fit into 64 bits, where a division costs a fraction of the wide one.
        if let Some(product) = of.amount().checked_mul(self.0) {
            return Some(Won::new(product.div_euclid(Self::WHOLE)));
        }
        let portion = (i128::from(of.amount()) * i128::from(self.0)).div_euclid(i128::from(Self::WHOLE));
        i64::try_from(portion).ok().map(Won::new)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.to_percent_text())
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Rate({self}%)")
    }
}

/// 율 또는 금액: a field that holds a percentage or an amount in won, as its kind code says.
///
/// The contract's `accmRate` is such a field: until `fixamtFxrtGbCd` is known, `10` may be either.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RateOrWon(i64);

impl RateOrWon {
    /// Amounts go up to 10^12 won; the value is kept in hundredths.
    const MOST: i64 = 1_000_000_000_000 * 100;

    /// Reads a number as JSON writes it, from 0 to 10^12, in steps of 0.01.
    pub fn from_text(text: &str) -> Result<Self, MalformedRate> {
        let hundredths = decimal::hundredths(text)?;
        (0..=Self::MOST).contains(&hundredths).then_some(Self(hundredths)).ok_or(MalformedRate::OutOfRange)
    }

    /// The shortest text that reads back as this value.
    pub fn to_text(self) -> String {
        decimal::text_of(self.0)
    }

    /// Read as a percentage, or `None` above 100.
    pub fn as_rate(self) -> Option<Rate> {
        Rate::from_basis_points(self.0)
    }

    /// Read as an amount, or `None` when it is not whole.
    pub fn as_won(self) -> Option<Won> {
        (self.0 % 100 == 0).then_some(Won::new(self.0 / 100))
    }

    /// The amount as this field carries it, or `None` below 0 and above 10^12.
    pub fn from_won(won: Won) -> Option<Self> {
        let hundredths = won.amount().checked_mul(100)?;
        (0..=Self::MOST).contains(&hundredths).then_some(Self(hundredths))
    }
}

impl From<Rate> for RateOrWon {
    fn from(rate: Rate) -> Self {
        Self(rate.0)
    }
}

impl fmt::Display for RateOrWon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.to_text())
    }
}

impl fmt::Debug for RateOrWon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RateOrWon({self})")
    }
}

/// JSON carries both as a number; its text is what is read and written, so nothing is rounded on the way.
macro_rules! as_json_number {
    ($name:ident, $parse:path, $text:path) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_json::Number::from_str(&$text(*self))
                    .map_err(serde::ser::Error::custom)?
                    .serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = serde_json::Number::deserialize(deserializer)?;
                let text = number.as_str();
                $parse(text).map_err(|refused| {
                    let short: String = text.chars().take(40).collect();
                    serde::de::Error::custom(format_args!("`{short}` is not a rate: {refused}"))
                })
            }
        }
    };
}

as_json_number!(Rate, Rate::from_percent_text, Rate::to_percent_text);
as_json_number!(RateOrWon, RateOrWon::from_text, RateOrWon::to_text);

/// A database keeps basis points.
#[cfg(feature = "diesel")]
mod sql {
    use diesel::backend::Backend;
    use diesel::deserialize::{self, FromSql};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::BigInt;

    use super::{MalformedRate, Rate};

    impl<DB> ToSql<BigInt, DB> for Rate
    where
        DB: Backend,
        i64: ToSql<BigInt, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            <i64 as ToSql<BigInt, DB>>::to_sql(&self.0, out)
        }
    }

    impl<DB> FromSql<BigInt, DB> for Rate
    where
        DB: Backend,
        i64: FromSql<BigInt, DB>,
    {
        fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
            let basis_points = <i64 as FromSql<BigInt, DB>>::from_sql(bytes)?;
            Self::from_basis_points(basis_points).ok_or_else(|| MalformedRate::OutOfRange.into())
        }
    }
}
