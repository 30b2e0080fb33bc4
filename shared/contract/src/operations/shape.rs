//! Names a type of the wire where an operation is declared.

#[cfg(feature = "openapi")]
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// A type of the wire. It can make the type's schema where the document is wanted, and is nothing where it is not.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    #[cfg(feature = "openapi")]
    schema: fn(&mut SchemaGenerator) -> Schema,
}

#[cfg(feature = "openapi")]
impl Shape {
    pub const fn of<T: JsonSchema>() -> Self {
        Self { schema: SchemaGenerator::subschema_for::<T> }
    }

    /// A type that only services see. The document never shows it, so it needs no schema.
    pub const fn internal<T>() -> Self {
        Self { schema: |_| Schema::default() }
    }

    pub(crate) fn schema(self, generator: &mut SchemaGenerator) -> Schema {
        (self.schema)(generator)
    }
}

#[cfg(not(feature = "openapi"))]
impl Shape {
    pub const fn of<T>() -> Self {
        Self {}
    }

    pub const fn internal<T>() -> Self {
        Self {}
    }
}
