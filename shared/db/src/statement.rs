//! Statements that a connection parses once.

/// Declares one hand-written statement that is prepared once per connection and then reused.
///
/// diesel prepares an `UPDATE` of its query language, `sql_query` and `sql::<…>` anew at every call.
/// On a hot path that is a third of the cost, so such a statement is written out here: its text in
/// pieces, its values by field name in braces. Both databases must understand the text.
///
/// It stands only where a part of `make bench` measures it, or where diesel cannot say it for both
/// databases. A comment beside it names that part, or says what diesel lacks; everything else is
/// diesel's query language.
///
/// ```text
/// db::statement! {
///     /// Takes units of a line back.
///     struct TakeBack<'a> {
///         quantity: i64 = BigInt,
///         order_no: &'a str = Text,
///     }
///     sql { "UPDATE order_line SET left_qty = left_qty - " {quantity} " WHERE ord_no = " {order_no} }
/// }
/// TakeBack { quantity: 1, order_no: "…" }.execute(conn)?;
/// ```
/// With `-> (Text, Nullable<BigInt>)` before `sql`, the statement answers rows of these SQL types, to
/// be read by `.load::<(String, Option<i64>)>(conn)`.
#[macro_export]
macro_rules! statement {
    (@piece $self:ident, $out:ident, {$field:ident}) => {
        $self.$field($out.reborrow())?
    };
    (@piece $self:ident, $out:ident, $text:literal) => {
        $out.push_sql($text)
    };
    (@answers [$($generics:tt)*] $statement:ty, ()) => {};
    (@answers [$($generics:tt)*] $statement:ty, ($($column:ty),+)) => {
        impl $($generics)* ::diesel::query_builder::Query for $statement {
            type SqlType = ($($column,)+);
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident $(<$life:lifetime>)? {
            $($field:ident : $type:ty = $sql_type:ty),* $(,)?
        }
        $(-> ($($column:ty),+ $(,)?))?
        sql { $($part:tt)+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug)]
        $vis struct $name $(<$life>)? {
            $($field: $type,)*
        }

        impl $(<$life>)? $name $(<$life>)? {
            $(
                fn $field<'b>(
                    &'b self,
                    mut out: ::diesel::query_builder::AstPass<'_, 'b, $crate::DbBackend>,
                ) -> ::diesel::QueryResult<()> {
                    out.push_bind_param::<$sql_type, _>(&self.$field)
                }
            )*
        }

        impl $(<$life>)? ::diesel::query_builder::QueryFragment<$crate::DbBackend> for $name $(<$life>)? {
            fn walk_ast<'b>(
                &'b self,
                mut out: ::diesel::query_builder::AstPass<'_, 'b, $crate::DbBackend>,
            ) -> ::diesel::QueryResult<()> {
                $($crate::statement!(@piece self, out, $part);)+
                Ok(())
            }
        }

        const _: () = {
            /// The statement under a name without lifetimes, by which a connection finds it prepared.
            $vis struct Identity;

            impl $(<$life>)? ::diesel::query_builder::QueryId for $name $(<$life>)? {
                type QueryId = Identity;
                const HAS_STATIC_QUERY_ID: bool = true;
            }
        };

        $crate::statement!(@answers [$(<$life>)?] $name $(<$life>)?, ($($($column),+)?));

        impl $(<$life>)? ::diesel::RunQueryDsl<$crate::DbConnection> for $name $(<$life>)? {}
    };
}
