//! Inserts of several rows in one statement.

/// Declares a row that is inserted with others of its kind by one statement.
///
/// diesel parses an insert of several rows anew at every call. Here the text depends on the number of rows alone, so a
/// connection keeps one prepared statement for each number up to [`ROWS_AT_ONCE`]; more rows become several
/// statements. The fields are named as the columns. Both databases must understand what follows `then`.
///
/// ```text
/// db::insert_rows! {
///     /// A line of a claim.
///     struct NewLine<'a> into "claim_line" {
///         claim_no: &'a str = Text,
///         claim_qty: i64 = BigInt,
///     }
///     then "ON CONFLICT DO NOTHING"
/// }
/// NewLine::insert_all(conn, &lines)?;
/// ```
#[macro_export]
macro_rules! insert_rows {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident $(<$life:lifetime>)? into $table:literal {
            $($column:ident : $type:ty = $sql_type:ty),* $(,)?
        }
        $(then $conflict:literal)?
    ) => {
        $(#[$meta])*
        #[derive(Debug)]
        $vis struct $name $(<$life>)? {
            $($column: $type,)*
        }

        const _: () = {
            struct Rows<'rows $(, $life)?>(&'rows [$name $(<$life>)?]);

            impl $(<$life>)? $name $(<$life>)? {
                /// Inserts them all and says how many there are more than before.
                $vis fn insert_all(
                    conn: &mut $crate::DbConnection,
                    rows: &[Self],
                ) -> ::diesel::QueryResult<usize> {
                    let mut inserted: usize = 0;
                    for batch in rows.chunks($crate::ROWS_AT_ONCE) {
                        let executed = ::diesel::RunQueryDsl::execute(Rows(batch), conn)?;
                        inserted = inserted.saturating_add(executed);
                    }
                    Ok(inserted)
                }
            }

            impl<'rows $(, $life)?> ::diesel::query_builder::QueryFragment<$crate::DbBackend>
                for Rows<'rows $(, $life)?>
            {
                fn walk_ast<'b>(
                    &'b self,
                    mut out: ::diesel::query_builder::AstPass<'_, 'b, $crate::DbBackend>,
                ) -> ::diesel::QueryResult<()> {
                    out.push_sql(::std::concat!("INSERT INTO ", $table, " ("));
                    let mut comma = "";
                    $(
                        out.push_sql(comma);
                        out.push_sql(::std::stringify!($column));
                        comma = ", ";
                    )*
                    let _ = comma;
                    let mut opening = ") VALUES (";
                    for row in self.0 {
                        out.push_sql(opening);
                        opening = "), (";
                        let mut comma = "";
                        $(
                            out.push_sql(comma);
                            out.push_bind_param::<$sql_type, _>(&row.$column)?;
                            comma = ", ";
                        )*
                        let _ = comma;
                    }
                    out.push_sql(")");
                    $(
                        out.push_sql(::std::concat!(" ", $conflict));
                    )?
                    Ok(())
                }
            }

            // Its text tells a connection which statement it is.
            impl<'rows $(, $life)?> ::diesel::query_builder::QueryId for Rows<'rows $(, $life)?> {
                type QueryId = ();
                const HAS_STATIC_QUERY_ID: bool = false;
            }

            impl<'rows $(, $life)?> ::diesel::RunQueryDsl<$crate::DbConnection> for Rows<'rows $(, $life)?> {}
        };
    };
}

/// Rows of one statement of [`insert_rows!`].
pub const ROWS_AT_ONCE: usize = 16;
