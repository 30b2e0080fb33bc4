//! The pods, and the services in front of them.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::Method;
use local_stack::environment::{Ports, Process, Surroundings};
use local_stack::failure::{Context as _, Failure};
use local_stack::keys::Keys;
use local_stack::settings::{AUTO_APPROVE, Settings as StackSettings, Variables};
use platform::health::READY_PATH;
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;

use crate::balancer::Balancer;
use crate::line::{Ask, Line};
use crate::settings::Settings;

const PODS: usize = 2;
const TIME_TO_GET_READY: Duration = Duration::from_secs(90);
/// The pause, the requests in flight and the workers, and then some.
const TIME_TO_END: Duration = Duration::from_secs(45);
const TIME_FOR_OPEN_CLAIMS: Duration = Duration::from_secs(60);

pub(crate) struct Fleet {
    pub(crate) surroundings: Surroundings,
    settings: Settings,
    place: PathBuf,
    balancers: BTreeMap<Process, Balancer>,
    pods: Mutex<BTreeMap<Process, VecDeque<Pod>>>,
}

pub(crate) struct Pod {
    process: Process,
    child: Child,
    /// Its licence to run. Apart from the child, because waiting for that would close it, and the pod would not serve on.
    licence: Option<ChildStdin>,
    pub(crate) address: SocketAddr,
    metrics: SocketAddr,
    log: PathBuf,
}

impl Fleet {
    pub(crate) async fn new(settings: &Settings, place: &Path) -> Result<Self, Failure> {
        let mut balancers = BTreeMap::new();
        for process in Process::ALL {
            balancers.insert(process, Balancer::start().await?);
        }
        let ports = Ports(balancers.iter().map(|(process, balancer)| (*process, balancer.port())).collect());
        let surroundings = surroundings(settings, place, ports)?;
        let file = surroundings.gateway_file();
        fs::create_dir_all(&surroundings.settings.data_dir).context("the data directory")?;
        fs::write(&file, surroundings.gateway_toml()?).context(file.display())?;
        Ok(Self {
            surroundings,
            settings: settings.clone(),
            place: place.to_owned(),
            balancers,
            pods: Mutex::default(),
        })
    }

    /// How long a pod serves on that was told to stop.
    pub(crate) fn drain(&self) -> Duration {
        self.settings.drain()
    }

    /// Where callers find the gateways.
    pub(crate) fn way_in(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.surroundings.ports.of(Process::Gateway)).into()
    }

    pub(crate) async fn start_all(&self) -> Result<(), Failure> {
        for process in Process::ALL {
            for _ in 0..PODS {
                let pod = self.start(process).await?;
                self.serve(process, pod);
            }
        }
        Ok(())
    }

    /// Starts a pod and waits until it is ready.
    pub(crate) async fn start(&self, process: Process) -> Result<Pod, Failure> {
        let [address, metrics] = free_addresses().await?;
        let log = self.place.join(format!("{}-{}.log", process.name(), address.port()));
        let output = File::create(&log).context(log.display())?;
        let errors = output.try_clone().context(log.display())?;
        let mut child = Command::new(self.settings.binary_dir.join(process.name()))
            .env_remove(AUTO_APPROVE)
            .envs(self.variables(process, address.port(), metrics)?)
            // It runs as long as this end of the pipe is open, so nothing is left however this program ends.
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors)
            .kill_on_drop(true)
            .spawn()
            .context(process.name())?;
        let licence = child.stdin.take();
        let mut pod = Pod { process, child, licence, address, metrics, log };
        let ready = pod.becomes_ready();
        match timeout(TIME_TO_GET_READY, ready).await {
            Ok(outcome) => outcome.map(|()| pod),
            Err(_) => Err(pod.failed("was not ready in time")),
        }
    }

    fn variables(
        &self,
        process: Process,
        port: u16,
        metrics: SocketAddr,
    ) -> Result<Vec<(String, String)>, Failure> {
        let mut variables = self.surroundings.variables(process)?;
        let (prefix, port_name) = match process {
            Process::Gateway => ("GATEWAY", "GATEWAY_PORT"),
            Process::Member => ("MEMBER", "MEMBER_SERVER__PORT"),
            Process::Inquiry => ("CS_INQUIRY", "CS_INQUIRY_SERVER__PORT"),
            Process::Promotion => ("PROMOTION", "PROMOTION_SERVER__PORT"),
            Process::Claim => ("CLAIM", "CLAIM_SERVER__PORT"),
        };
        variables.push((port_name.to_owned(), port.to_string()));
        let drain = self.settings.drain().as_secs();
        variables.push((format!("{prefix}_SERVER__DRAIN_SECONDS"), drain.to_string()));
        variables.push((format!("{prefix}_TELEMETRY__METRICS_LISTEN"), metrics.to_string()));
        if process != Process::Gateway {
            variables.push((format!("{prefix}_DATABASE__POOL_SIZE"), "8".to_owned()));
        }
        Ok(variables)
    }

    /// Where the metrics of each pod are read.
    pub(crate) fn metrics(&self) -> Vec<SocketAddr> {
        let pods = self.pods.lock().unwrap_or_else(PoisonError::into_inner);
        pods.values().flatten().map(|pod| pod.metrics).collect()
    }

    /// Lets a ready pod have connections.
    pub(crate) fn serve(&self, process: Process, pod: Pod) {
        if let Some(balancer) = self.balancers.get(&process) {
            balancer.add(pod.address);
        }
        self.pods.lock().unwrap_or_else(PoisonError::into_inner).entry(process).or_default().push_back(pod);
    }

    /// Takes the oldest pod out of the fleet. It is still given connections.
    pub(crate) fn oldest(&self, process: Process) -> Option<Pod> {
        self.pods.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&process)?.pop_front()
    }

    /// Gives a pod no new connections any more.
    pub(crate) fn forget(&self, process: Process, pod: &Pod) {
        if let Some(balancer) = self.balancers.get(&process) {
            balancer.remove(pod.address);
        }
    }

    /// Has the claim-service replay its ledger, once nothing is open any more.
    pub(crate) async fn verify_claims(&self) -> Result<(), Failure> {
        let all_done = async {
            loop {
                if self.command(Process::Claim, "verify").await? {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        };
        timeout(TIME_FOR_OPEN_CLAIMS, all_done)
            .await
            .unwrap_or_else(|_| Err(Failure::new("claim-service verify finds differences")))
    }

    /// Whether a command of an operator's ends well.
    async fn command(&self, process: Process, word: &str) -> Result<bool, Failure> {
        let output = Command::new(self.settings.binary_dir.join(process.name()))
            .env_remove(AUTO_APPROVE)
            .envs(self.surroundings.variables(process)?)
            .arg(word)
            .output()
            .await
            .context(word)?;
        eprintln!("rolling: {} {word}: {}", process.name(), String::from_utf8_lossy(&output.stdout).trim());
        Ok(output.status.success())
    }

    pub(crate) async fn stop_all(&self) -> Result<(), Failure> {
        for process in Process::ALL.into_iter().rev() {
            while let Some(mut pod) = self.oldest(process) {
                drop(pod.licence.take());
                pod.ended().await?;
            }
        }
        Ok(())
    }
}

impl Pod {
    async fn becomes_ready(&mut self) -> Result<(), Failure> {
        let ask = Ask {
            method: Method::GET,
            path: READY_PATH.to_owned(),
            token: String::new(),
            idempotency_key: None,
            body: None,
        };
        loop {
            if let Ok((200, _)) = Line::to(self.address).ask(&ask).await {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait().context(self.process.name())? {
                return Err(self.failed(&format!("ended with {status}")));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// What a kubelet sends first.
    pub(crate) async fn terminate(&mut self) -> Result<(), Failure> {
        let Some(pid) = self.child.id() else { return Err(self.failed("ended by itself")) };
        // The shell's own kill: the program may not be there.
        let status = Command::new("sh").args(["-c", &format!("kill -TERM {pid}")]).status().await;
        match status {
            Ok(status) if status.success() => Ok(()),
            _ => Err(self.failed("could not be told to stop")),
        }
    }

    pub(crate) async fn ended(&mut self) -> Result<(), Failure> {
        match timeout(TIME_TO_END, self.child.wait()).await {
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Ok(status)) => Err(self.failed(&format!("ended with {status}"))),
            Ok(Err(error)) => Err(self.failed(&error.to_string())),
            Err(_) => Err(self.failed("did not end")),
        }
    }

    fn failed(&self, how: &str) -> Failure {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines.iter().skip(lines.len().saturating_sub(15)).copied().collect::<Vec<_>>().join("\n");
        Failure::new(format!("{} {how}; the end of its log:\n{tail}", self.process.name()))
    }
}

async fn free_addresses() -> Result<[SocketAddr; 2], Failure> {
    let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    // Both are held until both are known, so that they differ.
    let (one, other) = (bind().await.context("a free port")?, bind().await.context("a free port")?);
    let address = |listener: &TcpListener| listener.local_addr().context("a free port");
    Ok([address(&one)?, address(&other)?])
}

fn surroundings(settings: &Settings, place: &Path, ports: Ports) -> Result<Surroundings, Failure> {
    let data_dir = place.join("data");
    let given = [
        ("GATEWAY_PORT", ports.of(Process::Gateway).to_string()),
        ("DATA_DIR", data_dir.display().to_string()),
        ("DB", settings.database_url.clone()),
        ("RATE_LIMIT", "0".to_owned()),
        ("NOTI_SINK", data_dir.join("sink.jsonl").display().to_string()),
        ("LOCAL_STACK_BIN_DIR", settings.binary_dir.display().to_string()),
        ("LOG", "warn".to_owned()),
    ];
    let given = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let settings = StackSettings::read(&Variables::new(given, &|_| None))?;
    let keys = Keys::open_or_make(&settings.keys_dir())?;
    Ok(Surroundings { settings, keys, ports })
}
