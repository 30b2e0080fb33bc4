//! Starts the house.

use std::collections::{BTreeMap, HashMap};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use local_stack::demo_loader;
use local_stack::environment::{Ports, Process, Surroundings};
use local_stack::issuer;
use local_stack::keys::Keys;
use local_stack::settings::{Settings, Variables};
use local_stack::token::LocalIssuer;
use platform::clock::Clock;
use platform::config::load_from;
use service_kit::application::Application;
use test_kit::TestDatabase;
use tokio::task::JoinHandle;

use crate::Storefront;

/// What a story wants to be different.
pub struct Options {
    /// Makes the databases: throw-away ones of the kind the environment asks for, if nothing else is said.
    pub database: fn() -> TestDatabase,
    /// Settings of processes on top of what the local stack says, by their name in the environment.
    pub settings: Vec<(&'static str, String)>,
    /// Services that are down at the start.
    pub down: Vec<Process>,
    /// Whether people can sign in: the local issuer runs beside.
    pub has_issuer: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { database: TestDatabase::new, settings: Vec::new(), down: Vec::new(), has_issuer: false }
    }
}

/// The gateway and the four services, running.
pub struct Stack {
    surroundings: Surroundings,
    options: Options,
    databases: BTreeMap<Process, TestDatabase>,
    /// Ports of services that are about to start.
    reserved: BTreeMap<Process, TcpListener>,
    running: BTreeMap<Process, Running>,
    issuer: Option<ServerHandle>,
    place: tempfile::TempDir,
}

struct Running {
    handle: ServerHandle,
    task: JoinHandle<std::io::Result<()>>,
}

impl Stack {
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub async fn start_with(options: Options) -> Self {
        let place = tempfile::tempdir().expect("there is room for temporary files");
        let mut reserved: BTreeMap<Process, TcpListener> =
            Process::ALL.into_iter().map(|process| (process, own_port())).collect();
        let ports = Ports(reserved.iter().map(|(process, listener)| (*process, port_of(listener))).collect());
        let shop_port = own_port();
        let settings = settings(place.path(), ports.of(Process::Gateway), port_of(&shop_port));
        let keys = Keys::open_or_make(&settings.keys_dir()).expect("keys can be made");
        let surroundings = Surroundings { settings, keys, ports };
        std::fs::write(
            surroundings.gateway_file(),
            surroundings.gateway_toml().expect("the paths are plain"),
        )
        .expect("the data directory can be written");
        // Who is down refuses connections; the gateway binds its port itself.
        reserved.retain(|process, _| *process != Process::Gateway && !options.down.contains(process));
        let databases =
            Process::SERVICES.into_iter().map(|service| (service, (options.database)())).collect();

        let issuer = options.has_issuer.then(|| {
            issuer::serve(shop_port, &surroundings, Clock::system()).expect("the local issuer starts")
        });

        let running = BTreeMap::new();
        let mut stack = Self { surroundings, options, databases, reserved, running, issuer, place };
        for service in Process::SERVICES {
            if !stack.options.down.contains(&service) {
                stack.start_service(service).await;
            }
        }
        stack.start_gateway().await;
        stack
    }

    /// Starts a service that is down, on the port everybody knows.
    pub async fn start_service(&mut self, service: Process) {
        let listener = match self.reserved.remove(&service) {
            Some(listener) => listener,
            None => listen_again(self.surroundings.ports.of(service)).await,
        };
        let environment = self.environment(service);
        let database = self.databases.get(&service).expect("every service has a database").settings();
        let clock = Clock::system();
        let application = match service {
            Process::Gateway => panic!("the gateway is no service"),
            Process::Member => {
                use member_service::{app, settings};
                let mut settings: settings::Settings =
                    read(settings::PREFIX, settings::DEFAULTS, environment);
                settings.database = database;
                app::build(settings, clock, listener).await
            }
            Process::Inquiry => {
                use cs_inquiry_service::{app, settings};
                let mut settings: settings::Settings =
                    read(settings::PREFIX, settings::DEFAULTS, environment);
                settings.database = database;
                app::build(settings, clock, listener).await
            }
            Process::Promotion => {
                use promotion_service::{app, settings};
                let mut settings: settings::Settings =
                    read(settings::PREFIX, settings::DEFAULTS, environment);
                settings.database = database;
                app::build(settings, clock, listener).await
            }
            Process::Claim => {
                use claim_service::{app, settings};
                let mut settings: settings::Settings =
                    read(settings::PREFIX, settings::DEFAULTS, environment);
                settings.database = database;
                app::build(settings, clock, listener).await
            }
        };
        let application: Application = application.expect("the service starts");
        let handle = application.handle();
        self.running.insert(service, Running { handle, task: tokio::spawn(application.run()) });
    }

    async fn start_gateway(&mut self) {
        let mut environment = self.environment(Process::Gateway);
        environment.insert("GATEWAY_SERVER__WORKERS".to_owned(), "2".to_owned());
        let settings: gateway::Settings = read(gateway::PREFIX, gateway::DEFAULTS, environment);
        let application =
            gateway::Application::build(&settings, Clock::system()).await.expect("the gateway starts");
        let handle = application.handle();
        self.running.insert(Process::Gateway, Running { handle, task: tokio::spawn(application.run()) });
    }

    /// Stops a process gracefully; its port stays known.
    pub async fn stop(&mut self, process: Process) {
        let running = self.running.remove(&process).expect("only what runs can be stopped");
        running.handle.stop(true).await;
        running.task.await.expect("no process panics").expect("the server stops cleanly");
    }

    /// Stops everything, so that files and databases are at rest.
    pub async fn stop_all(&mut self) {
        let processes: Vec<Process> = self.running.keys().copied().rev().collect();
        for process in processes {
            self.stop(process).await;
        }
        if let Some(issuer) = self.issuer.take() {
            issuer.stop(false).await;
        }
    }

    /// The storefront's side of the gateway.
    pub fn storefront(&self) -> Storefront {
        let issuer = LocalIssuer::open(&self.surroundings.keys).expect("the keys were just made");
        Storefront::new(self.surroundings.settings.gateway_url(), issuer)
    }

    pub fn gateway_url(&self) -> String {
        self.surroundings.settings.gateway_url()
    }

    /// Where people sign in, and where the shop's example pages are.
    pub fn issuer_url(&self) -> String {
        self.surroundings.settings.shop_url()
    }

    /// Fills the house with the demo shop, as `make run` does.
    pub async fn load_demo_shop(&self) {
        let loaded = demo_loader::load_what_is_missing(&self.surroundings, Clock::system().now()).await;
        loaded.expect("the demo shop can be loaded");
    }

    /// What was loaded of it is remembered here.
    pub fn demo_record(&self) -> PathBuf {
        self.surroundings.settings.data_dir.join("demo.json")
    }

    pub fn url(&self, process: Process) -> String {
        self.surroundings.ports.url(process)
    }

    pub fn database(&self, service: Process) -> &TestDatabase {
        self.databases.get(&service).expect("every service has a database")
    }

    /// Where this stack keeps its files.
    pub fn place(&self) -> &Path {
        self.place.path()
    }

    /// What the local provider sent, one JSON line each.
    pub fn sent_messages(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(&self.surroundings.settings.notification_sink).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).expect("a line of the sink is JSON")).collect()
    }

    pub fn sink_file(&self) -> PathBuf {
        self.surroundings.settings.notification_sink.clone()
    }

    fn environment(&self, process: Process) -> HashMap<String, String> {
        let variables = self.surroundings.variables(process).expect("the paths are plain");
        let mut environment: HashMap<String, String> = variables
            .into_iter()
            // Here the processes live in one, whose standard input is not theirs.
            .filter(|(name, _)| !name.ends_with("SERVER__STOP_ON_STDIN_EOF"))
            .collect();
        environment
            .extend(self.options.settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        environment
    }
}

fn settings(place: &Path, gateway_port: u16, shop_port: u16) -> Settings {
    let text = |path: PathBuf| path.to_str().expect("temporary paths are plain").to_owned();
    let given = BTreeMap::from([
        ("DATA_DIR".to_owned(), text(place.join("data"))),
        ("NOTI_SINK".to_owned(), text(place.join("noti-sink.jsonl"))),
        ("GATEWAY_PORT".to_owned(), gateway_port.to_string()),
        ("SHOP_PORT".to_owned(), shop_port.to_string()),
        // Stories call faster than people do; limits have tests of their own.
        ("RATE_LIMIT".to_owned(), "0".to_owned()),
    ]);
    Settings::read(&Variables::new(given, &|_| None)).expect("these settings are complete")
}

fn read<S: serde::de::DeserializeOwned>(
    prefix: &str,
    defaults: &str,
    environment: HashMap<String, String>,
) -> S {
    load_from(prefix, defaults, environment).expect("the local stack writes settings that can be read")
}

/// A port that no connection gets by chance: below those the system gives out by itself, and tried by no other stack of
/// this process. So a process that stops and starts again finds it free.
fn own_port() -> TcpListener {
    const FIRST: u32 = 10_000;
    const COUNT: u32 = 10_000;
    static TRIED: AtomicU32 = AtomicU32::new(0);
    for _ in 0..COUNT {
        let offset = std::process::id().wrapping_mul(997).wrapping_add(TRIED.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(FIRST + offset % COUNT).expect("ports below 20000 are ports");
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) {
            listener.set_nonblocking(true).expect("a fresh listener takes the option");
            return listener;
        }
    }
    panic!("no port is free between {FIRST} and {}", FIRST + COUNT)
}

fn port_of(listener: &TcpListener) -> u16 {
    listener.local_addr().expect("a listener has an address").port()
}

/// Takes a port again that was in use a moment ago.
async fn listen_again(port: u16) -> TcpListener {
    for _ in 0..100 {
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) {
            listener.set_nonblocking(true).expect("a fresh listener takes the option");
            return listener;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("port {port} did not become free again");
}
