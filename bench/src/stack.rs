//! The processes that are measured, started as the local stack starts them, on a data directory of their own.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use local_stack::environment::{Ports, Process, Surroundings};
use local_stack::failure::{Context as _, Failure};
use local_stack::keys::Keys;
use local_stack::settings::{Settings as StackSettings, Variables};

use crate::settings::Settings;

/// Those that a measured request passes through; nobody else is started.
const MEASURED: [Process; 3] = [Process::Member, Process::Claim, Process::Gateway];

pub(crate) struct Stack {
    pub(crate) surroundings: Surroundings,
    children: BTreeMap<Process, Child>,
}

impl Stack {
    /// Returns when all have said that they live.
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
            stack.wait_for(process).await?;
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

    pub(crate) fn pid(&self, process: Process) -> Option<u32> {
        self.children.get(&process).map(Child::id)
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

    /// A process listens once its tables are there.
    async fn wait_for(&mut self, process: Process) -> Result<(), Failure> {
        let address = self.address(process);
        while tokio::net::TcpStream::connect(address).await.is_err() {
            let ended = self.children.get_mut(&process).and_then(|child| child.try_wait().ok().flatten());
            if let Some(status) = ended {
                let log = fs::read_to_string(self.log(process)).unwrap_or_default();
                return Err(Failure::new(format!("{} ended ({status}):\n{log}", process.name())));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

impl Drop for Stack {
    /// Their pipes close, which stops them; their database must not go before they do.
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
    let [gateway, member, inquiry, promotion, claim] = free_ports()?;
    let data_dir = settings.scratch_dir.join("stack");
    fs::create_dir_all(&data_dir).context(data_dir.display())?;
    let given = BTreeMap::from([
        ("GATEWAY_PORT".to_owned(), gateway.to_string()),
        ("DATA_DIR".to_owned(), data_dir.display().to_string()),
        ("DB".to_owned(), settings.database_url.clone()),
        // One caller alone is louder than any limit allows.
        ("RATE_LIMIT".to_owned(), "0".to_owned()),
        ("NOTI_SINK".to_owned(), data_dir.join("sink.jsonl").display().to_string()),
        ("LOCAL_STACK_BIN_DIR".to_owned(), settings.binary_dir.display().to_string()),
    ]);
    let stack_settings = StackSettings::read(&Variables::new(given, &|_| None))?;
    let keys = Keys::open_or_make(&stack_settings.keys_dir())?;
    let ports = BTreeMap::from([
        (Process::Member, member),
        (Process::Inquiry, inquiry),
        (Process::Promotion, promotion),
        (Process::Claim, claim),
    ]);
    Ok(Surroundings { settings: stack_settings, keys, ports: Ports(ports) })
}

fn free_ports() -> Result<[u16; 5], Failure> {
    // All are held until all are found, so that they differ.
    let mut held = Vec::new();
    let mut ports = [0; 5];
    for port in &mut ports {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
        *port = listener.local_addr().context("no free port")?.port();
        held.push(listener);
    }
    Ok(ports)
}

/// Processor time a process has used so far, in microseconds.
pub(crate) fn processor_time(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything; user and system time are the 12th and 13th field after it, in
    // hundredths of a second.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).map_while(|field| field.parse::<u64>().ok());
    Some((times.next()?.saturating_add(times.next()?)).saturating_mul(10_000))
}
