//! The code of a crate as the compiler's tokens: what each file imports, and which names it uses that it should not know.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Where the crate begins: these put the rooms together, and may know all of them.
const ROOTS: [&str; 3] = ["lib", "main", "bin"];

pub(super) struct File {
    pub(super) path: PathBuf,
    /// `["door", "auth"]` for `door/auth.rs` and for `door/auth/mod.rs`.
    pub(super) module: Vec<String>,
    tokens: TokenStream,
}

pub(super) fn files(source: &Path) -> Vec<File> {
    let mut files = Vec::new();
    collect(source, source, &mut files);
    files
}

fn collect(source: &Path, folder: &Path, files: &mut Vec<File>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{} can't be listed: {error}", folder.display()))
        .map(|entry| entry.expect("a folder that was opened can be listed").path())
        .collect();
    paths.sort();
    for path in paths {
        let inside = path.strip_prefix(source).expect("it was found in there").with_extension("");
        let mut module: Vec<String> = inside.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        if module.first().is_some_and(|room| ROOTS.contains(&room.as_str())) {
            continue;
        }
        if path.is_dir() {
            collect(source, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            if module.last().is_some_and(|name| name == "mod") {
                module.pop();
            }
            let text = fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{} can't be read: {error}", path.display()));
            let tokens =
                text.parse().unwrap_or_else(|error| panic!("{} is not Rust: {error}", path.display()));
            files.push(File { path, module, tokens });
        }
    }
}

/// A name from elsewhere, as it stands in the code.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) file: PathBuf,
    pub(super) line: usize,
    /// Where it stands.
    pub(super) module: Vec<String>,
    /// What it names: from the crate's root on for an import of the crate's own, as it is written for a stranger.
    pub(super) path: Vec<String>,
}

#[derive(Default)]
pub(super) struct Reader {
    file: PathBuf,
    pub(super) imports: Vec<Import>,
    pub(super) strangers: Vec<Import>,
    test_modules: Vec<Vec<String>>,
}

impl Reader {
    /// Reads all files; code that only tests see is left out.
    pub(super) fn read_all(files: &[File]) -> Self {
        let mut reader = Self::default();
        for file in files {
            reader.file.clone_from(&file.path);
            reader.read(file.tokens.clone(), &file.module);
        }
        let Self { imports, strangers, test_modules, .. } = &mut reader;
        for found in [imports, strangers] {
            found.retain(|import| !test_modules.iter().any(|test| import.module.starts_with(test)));
        }
        reader
    }

    fn read(&mut self, tokens: TokenStream, module: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [token, after @ ..] = rest {
            let here = rest;
            rest = after;
            if is_punct(token, '#')
                && let [TokenTree::Group(attribute), item @ ..] = after
                && attribute.stream().to_string().replace(' ', "") == "cfg(test)"
            {
                rest = self.skip_test(item, module);
            } else if is_ident(token, "mod")
                && let [TokenTree::Ident(name), TokenTree::Group(body), after @ ..] = after
            {
                self.read(body.stream(), &[module, &[name.to_string()]].concat());
                rest = after;
            } else if let Some(start) = root_of_path(token, module)
                && let Some(after) = after_colons(after)
            {
                rest = self.path(start, after, module);
            } else if let TokenTree::Group(group) = token {
                self.read(group.stream(), module);
            } else if let TokenTree::Ident(name) = token {
                rest = self.stranger(name.span().start().line, here, module);
            }
        }
    }

    /// Passes over an item that only tests see; a module in a file of its own is remembered.
    fn skip_test<'a>(&mut self, item: &'a [TokenTree], module: &[String]) -> &'a [TokenTree] {
        let is_end = |token: &TokenTree| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => is_punct(token, ';'),
        };
        let end = item.iter().position(is_end).map_or(item.len(), |index| index + 1);
        let (skipped, rest) = item.split_at(end);
        for pair in skipped.windows(2) {
            if let [word, TokenTree::Ident(name)] = pair
                && is_ident(word, "mod")
            {
                self.test_modules.push([module, &[name.to_string()]].concat());
            }
        }
        rest
    }

    /// Follows a path that begins in a module, and notes each of the names it ends in.
    fn path<'a>(&mut self, from: &[String], tokens: &'a [TokenTree], module: &[String]) -> &'a [TokenTree] {
        match tokens {
            [TokenTree::Group(group), rest @ ..] => {
                let several: Vec<TokenTree> = group.stream().into_iter().collect();
                for one in several.split(|token| is_punct(token, ',')) {
                    self.path(from, one, module);
                }
                rest
            }
            [token, rest @ ..] => {
                let path = match token {
                    _ if is_ident(token, "super") => outside(from).to_vec(),
                    TokenTree::Ident(name) if name != "self" => [from, &[name.to_string()]].concat(),
                    _ => from.to_vec(),
                };
                match after_colons(rest) {
                    Some(after) => self.path(&path, after, module),
                    None => {
                        let line = token.span().start().line;
                        let (file, module) = (self.file.clone(), module.to_vec());
                        self.imports.push(Import { file, line, module, path });
                        rest
                    }
                }
            }
            [] => tokens,
        }
    }

    /// Notes a path that begins with a name of another crate, or of this module.
    fn stranger<'a>(&mut self, line: usize, tokens: &'a [TokenTree], module: &[String]) -> &'a [TokenTree] {
        let (path, rest) = written_out(tokens);
        self.strangers.push(Import { file: self.file.clone(), line, module: module.to_vec(), path });
        rest
    }
}

/// The module that a path begins in, if its first word says so.
fn root_of_path<'a>(token: &TokenTree, module: &'a [String]) -> Option<&'a [String]> {
    match token {
        TokenTree::Ident(word) if word == "crate" => Some(&[]),
        TokenTree::Ident(word) if word == "self" => Some(module),
        TokenTree::Ident(word) if word == "super" => Some(outside(module)),
        _ => None,
    }
}

/// The module that a module stands in.
fn outside(module: &[String]) -> &[String] {
    module.split_last().map_or(&[], |(_, outside)| outside)
}

fn after_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(first), second, rest @ ..]
            if first.as_char() == ':' && first.spacing() == Spacing::Joint && is_punct(second, ':') =>
        {
            Some(rest)
        }
        _ => None,
    }
}

/// `db::outbox::enqueue`, as far as it can be read word by word, and what follows it. What stands behind the last colons
/// and is no word, as in `db::{…}`, is an empty one.
fn written_out(tokens: &[TokenTree]) -> (Vec<String>, &[TokenTree]) {
    let (mut path, mut rest) = (Vec::new(), tokens);
    loop {
        let [TokenTree::Ident(name), after @ ..] = rest else {
            path.push(String::new());
            return (path, rest);
        };
        path.push(name.to_string());
        match after_colons(after) {
            Some(after) => rest = after,
            None => return (path, after),
        }
    }
}

fn is_ident(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}
