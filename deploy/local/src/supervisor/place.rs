//! The data directory made ready: one stack at a time, keys, ports, logs and the binaries it will run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::environment::{Ports, Process, Surroundings};
use crate::failure::{Context as _, Failure};
use crate::keys::Keys;
use crate::last_database;
use crate::owner_only;
use crate::settings::Settings;

use super::child::Spec;

/// Below every system's range for outgoing connections, so that no call to a service that is just being started again
/// can take its port.
const SERVICE_PORTS: std::ops::Range<u16> = 20_000..30_000;
const LOG_TAIL_BYTES: u64 = 4_000;
/// What a stack keeps in its data directory beside the databases.
const KEPT: [&str; 8] =
    ["attachments", "bin", "demo.json", "gateway.toml", "keys", "logs", "stack.json", "stack.lock"];

pub(super) struct Place {
    pub surroundings: Surroundings,
    /// Held as long as the stack runs.
    _lock: File,
}

impl Place {
    pub(super) fn prepare(settings: Settings) -> Result<Self, Failure> {
        let data_dir = settings.data_dir.clone();
        owner_only::make_directory(&data_dir.join("logs")).context(data_dir.display())?;
        let lock = lock(&data_dir)?.ok_or_else(|| {
            Failure::new(format!(
                "a stack runs already on {}; a second one needs its own DATA_DIR and GATEWAY_PORT",
                data_dir.display()
            ))
        })?;
        check_gateway_port(settings.gateway_port)?;
        close_to_others(&data_dir);
        open_sink(&settings.notification_sink)?;
        copy_binaries(&settings.binary_dir, &data_dir.join("bin"))?;
        let keys = Keys::open_or_make(&settings.keys_dir())?;
        let ports = Ports(free_ports([settings.gateway_port, settings.shop_port])?);
        let surroundings = Surroundings { settings, keys, ports };
        let gateway_file = surroundings.gateway_file();
        owner_only::write(&gateway_file, &surroundings.gateway_toml()?).context(gateway_file.display())?;
        last_database::write(&data_dir, &surroundings.settings.database)?;
        let place = Self { surroundings, _lock: lock };
        for process in Process::ALL {
            place.begin_log(process);
        }
        Ok(place)
    }

    pub(super) fn child(&self, process: Process) -> Result<Spec, Failure> {
        Ok(Spec {
            process,
            binary: self.surroundings.settings.data_dir.join("bin").join(process.name()),
            log: self.log(process),
            variables: self.surroundings.variables(process)?,
        })
    }

    pub(super) fn log_dir(&self) -> PathBuf {
        self.surroundings.settings.data_dir.join("logs")
    }

    fn log(&self, process: Process) -> PathBuf {
        self.log_dir().join(format!("{}.log", process.name()))
    }

    /// Each start writes a new log and keeps the one before.
    fn begin_log(&self, process: Process) {
        let log = self.log(process);
        // There is none on the first start.
        let _ = fs::rename(&log, log.with_extension("log.before"));
    }

    /// What a process said last.
    pub(super) fn log_tail(&self, process: Process) -> String {
        let path = self.log(process);
        let read = || -> std::io::Result<String> {
            let mut file = File::open(&path)?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(LOG_TAIL_BYTES)))?;
            let mut tail = Vec::new();
            file.read_to_end(&mut tail)?;
            Ok(String::from_utf8_lossy(&tail).into_owned())
        };
        read().unwrap_or_else(|error| format!("{}: {error}", path.display()))
    }
}

/// Takes the data directory for one process; `None` when another one has it. The system gives it back when the holder
/// ends, however it ends.
pub(crate) fn lock(data_dir: &Path) -> Result<Option<File>, Failure> {
    let path = data_dir.join("stack.lock");
    let mut options = OpenOptions::new();
    let file = options.write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = file.context(path.display())?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error).context(path.display()),
    }
}

/// Whether a stack has the data directory now. What it left behind when it was killed says nothing of that.
pub(crate) fn is_running(data_dir: &Path) -> bool {
    // Opened and not made: a directory that only is looked at stays as it is.
    let Ok(file) = File::open(data_dir.join("stack.lock")) else { return false };
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}

/// A directory of an earlier build may be open to everybody. Only what a stack keeps is changed: who named a directory that holds other
/// things as well keeps those as they are.
fn close_to_others(data_dir: &Path) {
    owner_only::close_to_others(data_dir);
    for entry in fs::read_dir(data_dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if KEPT.contains(&name.as_ref()) || name.contains(".sqlite") {
            owner_only::close_all_to_others(&entry.path());
        }
    }
}

fn check_gateway_port(port: u16) -> Result<(), Failure> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::new(format!(
            "the gateway can't listen on 127.0.0.1:{port} ({error}); choose another with GATEWAY_PORT=…"
        ))),
    }
}

/// A message that can't be written would be tried for a day without anybody noticing: better not to start.
fn open_sink(path: &Path) -> Result<(), Failure> {
    path.parent()
        .map_or(Ok(()), owner_only::make_directory)
        .and_then(|()| owner_only::open_to_append(path).map(drop))
        .context(format_args!("messages can't go to NOTI_SINK={}", path.display()))
}

fn free_ports(taken: [u16; 2]) -> Result<BTreeMap<Process, u16>, Failure> {
    let mut taken = BTreeSet::from(taken);
    let mut ports = BTreeMap::new();
    for process in Process::SERVICES {
        let port = (0..1_000)
            .map(|_| rand::random_range(SERVICE_PORTS))
            .find(|port| !taken.contains(port) && TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
            .ok_or_else(|| Failure::new("no free port on 127.0.0.1 between 20000 and 30000"))?;
        taken.insert(port);
        ports.insert(process, port);
    }
    Ok(ports)
}

/// A running stack keeps its own copies: a build in the meantime, perhaps for another database, never changes what a
/// process that died comes back as.
fn copy_binaries(from: &Path, to: &Path) -> Result<(), Failure> {
    owner_only::make_directory(to).context(to.display())?;
    for process in Process::ALL {
        let (source, copy) = (from.join(process.name()), to.join(process.name()));
        if !source.is_file() {
            return Err(Failure::new(format!("{} is not built: `make run` builds it", source.display())));
        }
        // A process left over from a stack that was killed may still run the old file: replace it, never write into it.
        let draft = copy.with_extension("draft");
        fs::copy(&source, &draft).context(source.display())?;
        owner_only::close_to_others(&draft);
        fs::rename(&draft, &copy).context(copy.display())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_data_directory_belongs_to_one_stack_at_a_time() {
        let place = tempfile::tempdir().unwrap();
        let held = lock(place.path()).unwrap();
        assert!(held.is_some());
        assert!(lock(place.path()).unwrap().is_none());
        drop(held);
        assert!(lock(place.path()).unwrap().is_some());
    }

    #[test]
    fn what_an_earlier_build_kept_is_closed_to_others_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let data_dir = place.path().join("data");
        for directory in ["logs", "attachments/ab/cd", "photos"] {
            fs::create_dir_all(data_dir.join(directory)).unwrap();
        }
        let files = ["member.sqlite", "member.sqlite-wal", "logs/gateway.log", "attachments/ab/cd/x"];
        for file in files.iter().chain(&["photos/cat.jpg"]) {
            fs::write(data_dir.join(file), "").unwrap();
        }
        let open_up = |name: &str, mode| {
            fs::set_permissions(data_dir.join(name), Permissions::from_mode(mode)).unwrap();
        };
        let mode = |name: &str| fs::metadata(data_dir.join(name)).unwrap().permissions().mode() & 0o777;
        let directories = ["", "logs", "attachments", "attachments/ab", "attachments/ab/cd"];
        directories.iter().chain(&["photos"]).for_each(|name| open_up(name, 0o755));
        files.iter().chain(&["photos/cat.jpg"]).for_each(|name| open_up(name, 0o644));

        close_to_others(&data_dir);
        assert!(directories.iter().all(|name| mode(name) == 0o700));
        assert!(files.iter().all(|name| mode(name) == 0o600));
        assert_eq!((mode("photos"), mode("photos/cat.jpg")), (0o755, 0o644));
    }

    #[test]
    fn a_taken_gateway_port_is_said_clearly() {
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = other.local_addr().unwrap().port();
        let refusal = check_gateway_port(port).unwrap_err().to_string();
        assert!(
            refusal.contains(&format!("127.0.0.1:{port}")) && refusal.contains("GATEWAY_PORT"),
            "{refusal}"
        );
    }

    #[test]
    fn the_place_for_messages_is_made_before_anything_starts() {
        let place = tempfile::tempdir().unwrap();
        let sink = place.path().join("not/there/yet.jsonl");
        open_sink(&sink).unwrap();
        fs::write(&sink, "a message of before\n").unwrap();
        open_sink(&sink).unwrap();
        assert_eq!(fs::read_to_string(&sink).unwrap(), "a message of before\n");
    }

    #[test]
    fn a_place_that_takes_no_messages_is_refused_by_name() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("file"), "").unwrap();
        for sink in [place.path().to_owned(), place.path().join("file/sink.jsonl")] {
            let refusal = open_sink(&sink).unwrap_err().to_string();
            assert!(refusal.contains(&format!("NOTI_SINK={}", sink.display())), "{refusal}");
        }
    }

    #[test]
    fn services_get_four_different_ports() {
        let ports = free_ports([20_000, 20_010]).unwrap();
        let different: BTreeSet<u16> = ports.values().copied().collect();
        assert_eq!(different.len(), 4);
        assert!(different.iter().all(|port| SERVICE_PORTS.contains(port)));
    }
}
