//! The five processes, with the settings everybody has.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use local_stack::environment::{Ports, Process, Surroundings};
use local_stack::failure::{Context as _, Failure};
use local_stack::keys::Keys;
use local_stack::settings::{AUTO_APPROVE, Settings as StackSettings, Variables};
use platform::health::READY_PATH;

use crate::memory::{self, Memory};
use crate::settings::Settings;
use crate::wire::{Ask, HOME};

const TIME_TO_GET_READY: Duration = Duration::from_secs(120);

pub(crate) struct House {
    pub(crate) surroundings: Surroundings,
    binary_dir: PathBuf,
    place: PathBuf,
    children: BTreeMap<Process, Child>,
    base: BTreeMap<Process, u64>,
}

impl House {
    pub(crate) async fn start(settings: &Settings, place: &Path) -> Result<Self, Failure> {
        let surroundings = surroundings(settings, place)?;
        let file = surroundings.gateway_file();
        fs::write(&file, surroundings.gateway_toml()?).context(file.display())?;
        let mut house = Self {
            surroundings,
            binary_dir: settings.binary_dir.clone(),
            place: place.to_owned(),
            children: BTreeMap::new(),
            base: BTreeMap::new(),
        };
        house.start_anew().await?;
        Ok(house)
    }

    /// Ends what runs and starts all five.
    pub(crate) async fn start_anew(&mut self) -> Result<(), Failure> {
        self.stop();
        for process in Process::ALL {
            let child = self.spawn(process)?;
            self.children.insert(process, child);
        }
        for process in Process::ALL {
            self.gets_ready(process).await?;
        }
        for process in Process::ALL {
            let memory = self.memory(process).unwrap_or_default();
            self.base.insert(process, memory.now);
        }
        Ok(())
    }

    pub(crate) fn address(&self, process: Process) -> SocketAddr {
        let port = match process {
            Process::Gateway => self.surroundings.settings.gateway_port,
            service => self.surroundings.ports.of(service),
        };
        (Ipv4Addr::LOCALHOST, port).into()
    }

    pub(crate) fn gateway(&self) -> SocketAddr {
        self.address(Process::Gateway)
    }

    fn pid(&self, process: Process) -> u32 {
        self.children.get(&process).map_or(0, Child::id)
    }

    /// What it had when nobody had called yet.
    pub(crate) fn base(&self, process: Process) -> u64 {
        self.base.get(&process).copied().unwrap_or_default()
    }

    pub(crate) fn begin_memory(&self) {
        Process::ALL.into_iter().for_each(|process| memory::begin(self.pid(process)));
    }

    /// `None` where the process has ended.
    pub(crate) fn memory(&self, process: Process) -> Option<Memory> {
        memory::of(self.pid(process))
    }

    /// Bytes of files on their way in.
    pub(crate) fn spooled(&self) -> u64 {
        let spool = self.surroundings.settings.data_dir.join("attachments/tmp");
        let files = fs::read_dir(spool).into_iter().flatten().flatten();
        files.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
    }

    fn spawn(&self, process: Process) -> Result<Child, Failure> {
        let path = self.log(process);
        let log = File::options().create(true).append(true).open(&path).context(path.display())?;
        let errors = log.try_clone().context(path.display())?;
        let mut variables = self.surroundings.variables(process)?;
        if process == Process::Gateway {
            // As everybody has it, and not as on one machine whose callers share an address.
            let defaults = [("CONNECTIONS_PER_ADDRESS", "512")];
            variables
                .extend(defaults.map(|(name, value)| (format!("GATEWAY_LIMITS__{name}"), value.to_owned())));
        }
        Command::new(self.binary_dir.join(process.name()))
            .env_remove(AUTO_APPROVE)
            .envs(variables)
            // It runs as long as this end of the pipe is open, so nothing is left however this program ends.
            .stdin(Stdio::piped())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .context(process.name())
    }

    async fn gets_ready(&mut self, process: Process) -> Result<(), Failure> {
        let ask = Ask::get(READY_PATH, HOME);
        let since = tokio::time::Instant::now();
        while ask.send(self.address(process)).await.status != 200 {
            let ended = self.children.get_mut(&process).and_then(|child| child.try_wait().ok().flatten());
            if ended.is_some() || since.elapsed() > TIME_TO_GET_READY {
                let log = fs::read_to_string(self.log(process)).unwrap_or_default();
                let lines: Vec<&str> = log.lines().collect();
                let tail = lines.iter().skip(lines.len().saturating_sub(15)).copied();
                let tail = tail.collect::<Vec<_>>().join("\n");
                return Err(Failure::new(format!("{} is not ready; its log:\n{tail}", process.name())));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    fn log(&self, process: Process) -> PathBuf {
        self.place.join(format!("{}.log", process.name()))
    }

    /// The gateway first, so that what it has in flight is still answered.
    pub(crate) fn stop(&mut self) {
        for process in Process::ALL.into_iter().rev() {
            let Some(mut child) = self.children.remove(&process) else { continue };
            drop(child.stdin.take());
            // Nothing can be done about one that does not end.
            let _ = child.wait();
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
    }
}

fn surroundings(settings: &Settings, place: &Path) -> Result<Surroundings, Failure> {
    let mut ports = BTreeMap::new();
    // All are held until all are known, so that they differ.
    let held = Process::ALL.map(|process| (process, TcpListener::bind((Ipv4Addr::LOCALHOST, 0))));
    for (process, listener) in held {
        let listener = listener.context("a free port")?;
        ports.insert(process, (listener.local_addr().context("a free port")?.port(), listener));
    }
    let ports = Ports(ports.iter().map(|(process, (port, _))| (*process, *port)).collect());
    let data_dir = place.join("data");
    fs::create_dir_all(&data_dir).context(data_dir.display())?;
    let given = [
        ("GATEWAY_PORT", ports.of(Process::Gateway).to_string()),
        ("DATA_DIR", data_dir.display().to_string()),
        ("DB", settings.database_url.clone()),
        ("NOTI_SINK", data_dir.join("sink.jsonl").display().to_string()),
        ("LOCAL_STACK_BIN_DIR", settings.binary_dir.display().to_string()),
        ("LOG", "warn".to_owned()),
    ];
    let given = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let stack_settings = StackSettings::read(&Variables::new(given, &|_| None))?;
    let keys = Keys::open_or_make(&stack_settings.keys_dir())?;
    Ok(Surroundings { settings: stack_settings, keys, ports })
}
