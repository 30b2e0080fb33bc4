use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::settings::Variables;

pub(crate) const HELP: &str = "\
local-stack COMMAND [NAME=value …]

  run            start the gateway and the four services and keep them running
  token          print a token signed with the local key: ROLE, SUB [SITE] [GRADE] [TTL] [CLAIMS]
  vendor-key     print a fresh vendor key: ENTR
  load           send a document of goods, policies, coupons, orders and claims: FILE
  purge-archive  remove archived personal data past its date
  operator       give a service a command of its own: COMMAND=\"claim-service verify\"
  reset          delete the data directory (and, on PostgreSQL, the four schemas)

Honoured by every command, from the environment or as NAME=value:
  GATEWAY_PORT   port of the gateway on 127.0.0.1            (8080)
  SHOP_PORT      port of the local issuer and the shop       (GATEWAY_PORT + 10)
  DATA_DIR       databases, keys and logs                    (.data)
  DB             postgres://… ; empty means embedded SQLite  ()
                 to `run`, and to the others the database of the
                 stack that last ran in DATA_DIR
  LOG            log filter, as info,member_service=debug    (info)
  RATE_LIMIT     requests a second per caller, 0 = off       (100)
  NOTI_SINK      where the local messages go                 (.noti-sink.jsonl)
  CLAIM_AUTO_APPROVE  N: returns and exchanges wait for an agent  (Y)
  HOLIDAYS       days nobody refunds: yyyyMMdd,yyyyMMdd      ()

Each process logs to DATA_DIR/logs/NAME.log; DATA_DIR/stack.json says who listens where.
";

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Run,
    Token,
    VendorKey,
    Load(PathBuf),
    PurgeArchive,
    Operator(Vec<String>),
    Reset,
}

/// Reads the command and the `NAME=value` arguments, which win over the environment.
pub(crate) fn parse<'a>(
    arguments: &[String],
    environment: &'a dyn Fn(&str) -> Option<String>,
) -> Result<(Command, Variables<'a>), Failure> {
    let (name, rest) = match arguments.split_first() {
        None => ("help", [].as_slice()),
        Some((name, rest)) => (name.as_str(), rest),
    };
    let mut given = BTreeMap::new();
    let mut positional = Vec::new();
    for argument in rest {
        match argument.split_once('=') {
            Some((name, value)) if is_variable_name(name) => {
                given.insert(name.to_owned(), value.to_owned());
            }
            _ => positional.push(argument.as_str()),
        }
    }
    let variables = Variables::new(given, environment);
    let mut positional = positional.into_iter();
    let command = match name {
        "help" | "--help" | "-h" => Command::Help,
        "run" => Command::Run,
        "token" => Command::Token,
        "vendor-key" => Command::VendorKey,
        "load" => match positional.next().map(str::to_owned).or_else(|| variables.get("FILE")) {
            Some(file) => Command::Load(file.into()),
            None => return Err(Failure::usage("load needs a document: FILE=x.json")),
        },
        "purge-archive" => Command::PurgeArchive,
        "operator" => {
            let mut words: Vec<String> = positional.by_ref().map(str::to_owned).collect();
            if words.is_empty() {
                words.extend(
                    variables
                        .get("COMMAND")
                        .iter()
                        .flat_map(|line| line.split_whitespace())
                        .map(str::to_owned),
                );
            }
            Command::Operator(words)
        }
        "reset" => Command::Reset,
        unknown => return Err(Failure::usage(format!("`{unknown}` is not a command\n\n{HELP}"))),
    };
    match positional.next() {
        None => Ok((command, variables)),
        Some(extra) => Err(Failure::usage(format!("`{extra}` is one argument too many"))),
    }
}

fn is_variable_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_ascii_uppercase() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &[&str]) -> Result<(Command, Option<String>), Failure> {
        let arguments: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
        let environment = |name: &str| (name == "DATA_DIR").then(|| "from-environment".to_owned());
        parse(&arguments, &environment).map(|(command, variables)| (command, variables.get("DATA_DIR")))
    }

    #[test]
    fn an_argument_wins_over_the_environment() {
        assert_eq!(parsed(&["run"]).unwrap(), (Command::Run, Some("from-environment".into())));
        assert_eq!(parsed(&["run", "DATA_DIR=here"]).unwrap(), (Command::Run, Some("here".into())));
    }

    #[test]
    fn load_takes_its_document_either_way() {
        assert_eq!(parsed(&["load", "a=b.json"]).unwrap().0, Command::Load("a=b.json".into()));
        assert_eq!(parsed(&["load", "FILE=x.json"]).unwrap().0, Command::Load("x.json".into()));
        assert_eq!(parsed(&["load"]).unwrap_err().exit_code(), 2);
    }

    #[test]
    fn a_service_is_given_its_words_either_way() {
        let words = || Command::Operator(vec!["claim-service".into(), "verify".into()]);
        assert_eq!(parsed(&["operator", "claim-service", "verify"]).unwrap().0, words());
        assert_eq!(parsed(&["operator", "COMMAND=claim-service  verify"]).unwrap().0, words());
        assert_eq!(parsed(&["operator"]).unwrap().0, Command::Operator(Vec::new()));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(parsed(&["walk"]).unwrap_err().to_string().starts_with("`walk` is not a command"));
        assert!(parsed(&["reset", "now"]).unwrap_err().to_string().contains("`now`"));
        assert_eq!(parsed(&[]).unwrap().0, Command::Help);
    }
}
