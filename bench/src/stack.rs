//! The processes that are measured, started with the variables of the local stack on a data directory of their own.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use local_stack::environment::{Ports, Process, Surroundings};
use local_stack::failure::{Context as _, Failure};
use local_stack::keys::Keys;
use local_stack::settings::{Settings as StackSettings, Variables};
use platform::health::LIVE_PATH;

use crate::figures::table;
use crate::http::Requests;
use crate::settings::Settings;

/// Those that a measured request passes through; nobody else is started.
const MEASURED: [Process; 4] = [Process::Member, Process::Promotion, Process::Claim, Process::Gateway];

pub(crate) struct Stack {
    pub(crate) surroundings: Surroundings,
    children: BTreeMap<Process, Child>,
}

impl Stack {
    /// Returns when all of them answer, which they do once their tables are there.
    pub(crate) async fn start(settings: &Settings) -> Result<Self, Failure> {
        let surroundings = surroundings(settings)?;
        let gateway_file = surroundings.gateway_file();
        fs::write(&gateway_file, surroundings.gateway_toml()?).context(gateway_file.display())?;
        let mut stack = Self { surroundings, children: BTreeMap::new() };
        for process in MEASURED {
            let child = stack.spawn(settings, process)?;
            stack.children.insert(process, child);
        }
        for process in MEASURED {
            let texts = vec![format!("GET {LIVE_PATH} HTTP/1.1\r\nhost: bench\r\n\r\n")];
            let question = Requests::repeated(stack.address(process), texts);
            while question.first_answer().await.is_err() {
                stack.check_alive(process)?;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        Ok(stack)
    }

    pub(crate) fn address(&self, process: Process) -> SocketAddr {
        let port = match process {
            Process::Gateway => self.surroundings.settings.gateway_port,
            service => self.surroundings.ports.of(service),
        };
        (Ipv4Addr::LOCALHOST, port).into()
    }

    /// Processor time a process has used so far, in microseconds; 0 where the system does not say.
    pub(crate) fn processor_time(&self, process: Process) -> u64 {
        let pid = self.children.get(&process).map_or(0, Child::id);
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // User and system time are the 12th and 13th field after the name in parentheses, in hundredths of a second.
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
        fields
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok())
            .sum::<u64>()
            .saturating_mul(10_000)
    }

    /// What each process takes of memory, in millions of bytes: now, and at most so far.
    pub(crate) fn memory(&self, when: &str) -> String {
        let rows = self.children.iter().map(|(process, child)| {
            let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
            let line = |name: &str| {
                let kilobytes =
                    status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB"));
                let bytes =
                    kilobytes.and_then(|text| text.parse::<u64>().ok()).map(|kilobytes| kilobytes * 1_024);
                bytes.map_or_else(|| "–".to_owned(), |bytes| (bytes / 1_000_000).to_string())
            };
            vec![process.name().to_owned(), line("VmRSS:"), line("VmHWM:")]
        });
        table(&format!("Memory {when}, MB"), &["process", "now", "highest"], &rows.collect::<Vec<_>>())
    }

    /// A command of a service's binary, as an operator would give it beside the running one.
    pub(crate) fn command(
        &self,
        settings: &Settings,
        process: Process,
        word: &str,
    ) -> Result<Command, Failure> {
        let mut command = Command::new(settings.binary_dir.join(process.name()));
        command.envs(self.surroundings.variables(process)?).arg(word);
        Ok(command)
    }

    fn log(&self, process: Process) -> std::path::PathBuf {
        self.surroundings.settings.data_dir.join(format!("{}.log", process.name()))
    }

    fn spawn(&self, settings: &Settings, process: Process) -> Result<Child, Failure> {
        let path = self.log(process);
        let log = File::create(&path).context(path.display())?;
        let errors = log.try_clone().context(path.display())?;
        Command::new(settings.binary_dir.join(process.name()))
            .envs(self.surroundings.variables(process)?)
            // It runs as long as this end of the pipe is open, so nothing is left however this program ends.
            .stdin(Stdio::piped())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .context(process.name())
    }

    fn check_alive(&mut self, process: Process) -> Result<(), Failure> {
        match self.children.get_mut(&process).and_then(|child| child.try_wait().ok().flatten()) {
            None => Ok(()),
            Some(status) => {
                let log = fs::read_to_string(self.log(process)).unwrap_or_default();
                Err(Failure::new(format!("{} ended ({status}):\n{log}", process.name())))
            }
        }
    }
}

impl Drop for Stack {
    /// Their pipes close, which stops them; the database goes after they have.
    fn drop(&mut self) {
        for child in self.children.values_mut() {
            drop(child.stdin.take());
        }
        for child in self.children.values_mut() {
            // Nothing can be done about one that does not end.
            let _ = child.wait();
        }
    }
}

fn surroundings(settings: &Settings) -> Result<Surroundings, Failure> {
    let ports = Process::ALL.map(|process| (process, TcpListener::bind((Ipv4Addr::LOCALHOST, 0))));
    let mut found = BTreeMap::new();
    // All are held until all are known, so that they differ.
    for (process, listener) in &ports {
        let address = listener
            .as_ref()
            .map_err(ToString::to_string)
            .and_then(|listener| listener.local_addr().map_err(|error| error.to_string()));
        found.insert(*process, address.context("no free port")?.port());
    }
    let ports = Ports(found);
    let data_dir = settings.scratch_dir.join("stack");
    fs::create_dir_all(&data_dir).context(data_dir.display())?;
    let given = [
        ("GATEWAY_PORT", ports.of(Process::Gateway).to_string()),
        ("DATA_DIR", data_dir.display().to_string()),
        ("DB", settings.database_url.clone()),
        // The load generator is louder than any limit allows.
        ("RATE_LIMIT", "0".to_owned()),
        ("NOTI_SINK", data_dir.join("sink.jsonl").display().to_string()),
        ("LOCAL_STACK_BIN_DIR", settings.binary_dir.display().to_string()),
    ];
    let given = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let stack_settings = StackSettings::read(&Variables::new(given, &|_| None))?;
    let keys = Keys::open_or_make(&stack_settings.keys_dir())?;
    Ok(Surroundings { settings: stack_settings, keys, ports })
}
