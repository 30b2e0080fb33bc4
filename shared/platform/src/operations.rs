//! Finds the declared operation of a method and a path.

use std::collections::HashMap;

use contract::operations::{Method, Operation};
use foldhash::fast::RandomState;

/// Some of the declared operations, indexed by path.
#[derive(Debug)]
pub struct Table {
    /// The keys are our own, so that nobody can choose some that collide.
    fixed: HashMap<&'static str, Vec<&'static Operation>, RandomState>,
    /// Paths with a variable part, by their segments.
    variable: Vec<(Vec<Segment>, Vec<&'static Operation>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segment {
    Fixed(&'static str),
    Variable,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    Operation(&'static Operation),
    /// The path is known; these are its methods.
    WrongMethod(Vec<Method>),
    UnknownPath,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TableError {
    #[error("operation `{0}` is declared twice")]
    Twice(&'static str),
}

impl Table {
    pub fn new(operations: impl IntoIterator<Item = &'static Operation>) -> Result<Self, TableError> {
        let mut table = Self { fixed: HashMap::default(), variable: Vec::new() };
        for operation in operations {
            let group = table.group(operation.path);
            if group.iter().any(|other| other.method == operation.method) {
                return Err(TableError::Twice(operation.id));
            }
            group.push(operation);
        }
        Ok(table)
    }

    fn group(&mut self, path: &'static str) -> &mut Vec<&'static Operation> {
        if !path.contains('{') {
            return self.fixed.entry(path).or_default();
        }
        let segments: Vec<Segment> = path
            .split('/')
            .map(|part| if part.starts_with('{') { Segment::Variable } else { Segment::Fixed(part) })
            .collect();
        let index = match self.variable.iter().position(|(known, _)| *known == segments) {
            Some(index) => index,
            None => {
                self.variable.push((segments, Vec::new()));
                self.variable.len() - 1
            }
        };
        &mut self.variable.get_mut(index).expect("the index was found or made just now").1
    }

    /// Looks up a method by name and a path without prefix or query.
    pub fn find(&self, method: &str, path: &str) -> Found {
        let group = self.fixed.get(path).or_else(|| {
            let parts: Vec<&str> = path.split('/').collect();
            self.variable.iter().find(|(segments, _)| fits(segments, &parts)).map(|(_, group)| group)
        });
        match group {
            None => Found::UnknownPath,
            Some(group) => match group.iter().find(|operation| operation.method.as_str() == method) {
                Some(operation) => Found::Operation(operation),
                None => Found::WrongMethod(group.iter().map(|operation| operation.method).collect()),
            },
        }
    }
}

fn fits(segments: &[Segment], parts: &[&str]) -> bool {
    segments.len() == parts.len()
        && segments.iter().zip(parts).all(|(segment, part)| match segment {
            Segment::Fixed(name) => name == part,
            Segment::Variable => !part.is_empty(),
        })
}

/// The value of an `Allow` header.
pub fn allow(methods: &[Method]) -> String {
    methods.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use contract::operations::{Upstream, member};

    use super::*;

    #[test]
    fn every_declared_operation_finds_itself() {
        for upstream in Upstream::ALL {
            let own = upstream.operations().iter().copied();
            let table = Table::new(own.clone()).expect("a service declares a path and method once");
            for operation in own {
                let path = operation.path.replace(['{', '}'], "");
                assert_eq!(
                    table.find(operation.method.as_str(), &path),
                    Found::Operation(operation),
                    "{path}"
                );
            }
        }
    }

    #[test]
    fn a_wrong_method_is_told_from_an_unknown_path() {
        let table = Table::new([&member::GET_ORD_TOT_AMT]).expect("one operation");
        let path = member::GET_ORD_TOT_AMT.path;
        assert_eq!(table.find("GET", path), Found::WrongMethod(vec![Method::Post]));
        assert_eq!(table.find("POST", &format!("{path}/")), Found::UnknownPath);
        assert!(Table::new([&member::GET_ORD_TOT_AMT, &member::GET_ORD_TOT_AMT]).is_err());
    }
}
