//! Numbers that name things. Each is parsed once, at the border, and trusted afterwards.

use chrono::NaiveDate;

mod format;

/// A text that does not have the form of the number it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {kind}")]
pub struct Malformed {
    kind: &'static str,
    hint_ko: &'static str,
    text: String,
}

impl Malformed {
    /// Keeps at most 40 characters of what was sent: the text goes into answers and logs.
    fn of(kind: &'static str, hint_ko: &'static str, text: &str) -> Self {
        Self { kind, hint_ko, text: text.chars().take(40).collect() }
    }

    /// What the person who sent it should know, for the envelope's `errors`.
    pub fn hint_ko(&self) -> &'static str {
        self.hint_ko
    }
}

macro_rules! number {
    (
        $(#[$attribute:meta])*
        $name:ident, $kind:literal, $hint_ko:literal, $is_valid:expr
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(
            feature = "diesel",
            derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow),
            diesel(sql_type = diesel::sql_types::Text)
        )]
        pub struct $name(String);

        impl $name {
            pub fn parse(text: &str) -> Result<Self, Malformed> {
                let is_valid: fn(&str) -> bool = $is_valid;
                if is_valid(text) { Ok(Self(text.to_owned())) } else { Err(Malformed::of($kind, $hint_ko, text)) }
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = Malformed;
            fn from_str(text: &str) -> Result<Self, Malformed> {
                Self::parse(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl serde::de::Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        formatter.write_str($kind)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        $name::parse(text).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }

        #[cfg(feature = "diesel")]
        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
                <str as diesel::serialize::ToSql<diesel::sql_types::Text, DB>>::to_sql(&self.0, out)
            }
        }

        #[cfg(feature = "diesel")]
        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(bytes)?;
                Ok(Self::parse(&text)?)
            }
        }
    };
}

number! {
    /// 주문번호: `yyyyMMdd`, `O` and six digits. The date need not be a real one.
    OrderNo, "an order number", "주문번호 형식이 올바르지 않습니다.", |text| format::is_dated(text, b'O')
}
number! {
    /// 클레임번호: `yyyyMMdd`, `C` and six digits, from the millionth claim of a day on 999999 and ten more. The date need not
    /// be a real one.
    ClaimNo, "a claim number", "클레임번호 형식이 올바르지 않습니다.", |text| format::is_dated_without_end(text, b'C')
}
number! {
    /// 회원번호: 1 to 20 digits.
    MemberNo, "a member number", "회원번호 형식이 올바르지 않습니다.", |text| format::is_digits(text, 20)
}
number! {
    /// 상담번호(ccnNo): 1 to 20 digits.
    CounselNo, "an inquiry number", "상담번호 형식이 올바르지 않습니다.", |text| format::is_digits(text, 20)
}
number! {
    /// 파일번호: 1 to 64 letters, digits, `_` and `-`.
    FileNo, "a file number", "파일번호 형식이 올바르지 않습니다.", |text| format::is_word(text, 64)
}
number! {
    /// 상품번호: 1 to 40 letters, digits, `_` and `-`.
    GoodsNo, "a goods number", "상품번호 형식이 올바르지 않습니다.", |text| format::is_word(text, 40)
}
number! {
    /// 단품번호: 1 to 40 letters, digits, `_` and `-`.
    ItemNo, "an item number", "단품번호 형식이 올바르지 않습니다.", |text| format::is_word(text, 40)
}
number! {
    /// 프로모션번호: 1 to 40 letters, digits, `_` and `-`.
    PromotionNo, "a promotion number", "프로모션번호 형식이 올바르지 않습니다.", |text| format::is_word(text, 40)
}
number! {
    /// 쿠폰발급번호: 1 to 40 letters, digits, `_` and `-`.
    CouponIssueNo, "a coupon number", "쿠폰발급번호 형식이 올바르지 않습니다.", |text| format::is_word(text, 40)
}
number! {
    /// 결제번호: 1 to 40 letters, digits, `_` and `-`.
    PaymentNo, "a payment number", "결제번호 형식이 올바르지 않습니다.", |text| format::is_word(text, 40)
}
number! {
    /// 사이트번호: 1 to 20 letters, digits, `_` and `-`.
    SiteNo, "a site number", "사이트번호 형식이 올바르지 않습니다.", |text| format::is_word(text, 20)
}

impl ClaimNo {
    /// The number of a day's claim; `None` of a day that eight digits do not hold.
    pub fn of_day(day: NaiveDate, serial: u32) -> Option<Self> {
        Self::parse(&format!("{}C{}", day.format("%Y%m%d"), format::serial_text(serial))).ok()
    }
}

impl From<ClaimNo> for PaymentNo {
    /// What a customer pays additionally for a claim is kept as a payment under the claim's number.
    fn from(claim_no: ClaimNo) -> Self {
        Self(claim_no.0)
    }
}

#[cfg(test)]
mod tests;
