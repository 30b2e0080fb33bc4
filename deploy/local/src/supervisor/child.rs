//! The life of one process: started, started again when it dies, stopped when it is told to.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use crate::environment::Process;
use crate::failure::{Context as _, Failure};
use crate::owner_only;
use crate::settings::AUTO_APPROVE;

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);
/// Who ran this long is not dying of its start: the next pause is short again.
const SETTLED: Duration = Duration::from_secs(10);
const TIME_TO_STOP: Duration = Duration::from_secs(15);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    Run,
    Stop,
    Kill,
}

#[derive(Debug)]
pub(super) enum Event {
    Started { process: Process, pid: u32 },
    Ended { process: Process, how: String, pause: Duration },
}

/// How one process is started.
#[derive(Debug)]
pub(super) struct Spec {
    pub process: Process,
    pub binary: PathBuf,
    pub log: PathBuf,
    pub variables: Vec<(String, String)>,
}

/// Keeps one process running until the order changes, then ends it.
pub(super) async fn tend(
    spec: Spec,
    mut order: watch::Receiver<Order>,
    events: mpsc::UnboundedSender<Event>,
) {
    let mut pause = FIRST_PAUSE;
    loop {
        let started = Instant::now();
        let how = match spawn(&spec) {
            Err(failure) => failure.to_string(),
            Ok(mut child) => {
                // Nobody listens any more only when the whole stack is ending, which the order says as well.
                let _ = events
                    .send(Event::Started { process: spec.process, pid: child.id().unwrap_or_default() });
                // Taken out of the child, because waiting for it would close the pipe first.
                let pipe = child.stdin.take();
                let status = tokio::select! {
                    biased;
                    () = wait_for(&mut order, Order::Stop) => None,
                    status = child.wait() => Some(status),
                };
                drop(pipe);
                match status {
                    None => return end(child, order).await,
                    Some(Ok(status)) => status.to_string(),
                    Some(Err(error)) => error.to_string(),
                }
            }
        };
        if started.elapsed() >= SETTLED {
            pause = FIRST_PAUSE;
        }
        let _ = events.send(Event::Ended { process: spec.process, how, pause });
        tokio::select! {
            () = wait_for(&mut order, Order::Stop) => return,
            () = tokio::time::sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
        }
    }
}

fn spawn(spec: &Spec) -> Result<Child, Failure> {
    let log = owner_only::open_to_append(&spec.log).context(spec.log.display())?;
    let errors = log.try_clone().context(spec.log.display())?;
    Command::new(&spec.binary)
        .env_remove(AUTO_APPROVE)
        .envs(spec.variables.iter().map(|(name, value)| (name, value)))
        // The open end of this pipe is the child's licence to run: it closes with this process, however that ends.
        .stdin(Stdio::piped())
        .stdout(log)
        .stderr(errors)
        // Ctrl-C goes to a terminal's whole group; the order of stopping is ours to choose.
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .context(spec.binary.display())
}

/// Resolves once the order is as harsh as that, and also when nobody is left to give one.
async fn wait_for(order: &mut watch::Receiver<Order>, harshness: Order) {
    let _ = order.wait_for(|order| *order >= harshness).await;
}

/// The closed pipe has asked; insists when the time is over or the order grows harsher.
async fn end(mut child: Child, mut order: watch::Receiver<Order>) {
    tokio::select! {
        biased;
        _ = child.wait() => return,
        () = wait_for(&mut order, Order::Kill) => {}
        () = tokio::time::sleep(TIME_TO_STOP) => {}
    }
    // An error here means that it has ended by itself in the meantime.
    let _ = child.kill().await;
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    struct Bench {
        place: tempfile::TempDir,
        order: watch::Sender<Order>,
        sender: mpsc::UnboundedSender<Event>,
        events: mpsc::UnboundedReceiver<Event>,
    }

    impl Bench {
        fn new() -> Self {
            let (sender, events) = mpsc::unbounded_channel();
            Self { place: tempfile::tempdir().unwrap(), order: watch::channel(Order::Run).0, sender, events }
        }

        /// Runs one of the scripts beside this crate: written by a test, a script could still be open for writing in a
        /// process that another test is just starting, and then it can't be run.
        fn tend(&self, script: &str) -> tokio::task::JoinHandle<()> {
            let binary = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/children").join(script);
            let spec = Spec {
                process: Process::Member,
                binary,
                log: self.place.path().join("service.log"),
                variables: vec![("MEMBER_X".into(), "told".into())],
            };
            tokio::spawn(tend(spec, self.order.subscribe(), self.sender.clone()))
        }

        async fn event(&mut self) -> Event {
            tokio::time::timeout(Duration::from_secs(20), self.events.recv()).await.unwrap().unwrap()
        }
    }

    #[tokio::test]
    async fn who_dies_comes_back_after_a_pause_that_grows() {
        let mut bench = Bench::new();
        let tending = bench.tend("dies.sh");
        let mut pauses = Vec::new();
        while pauses.len() < 3 {
            if let Event::Ended { how, pause, .. } = bench.event().await {
                assert!(how.contains('7'), "{how}");
                pauses.push(pause.as_millis());
            }
        }
        assert_eq!(pauses, [200, 400, 800]);
        bench.order.send_replace(Order::Stop);
        tending.await.unwrap();
        let log = std::fs::read_to_string(bench.place.path().join("service.log")).unwrap();
        assert!(log.starts_with("told\ntold\ntold\n"), "{log}");
    }

    #[tokio::test]
    async fn a_closed_pipe_is_enough_to_stop() {
        let mut bench = Bench::new();
        let tending = bench.tend("listens.sh");
        assert!(matches!(bench.event().await, Event::Started { .. }));
        let log = bench.place.path().join("service.log");
        while std::fs::read_to_string(&log).unwrap_or_default() != "hello\n" {
            tokio::task::yield_now().await;
        }
        assert!(bench.events.try_recv().is_err(), "the open pipe keeps it running");
        bench.order.send_replace(Order::Stop);
        tokio::time::timeout(Duration::from_secs(10), tending).await.unwrap().unwrap();
        assert_eq!(std::fs::read_to_string(bench.place.path().join("service.log")).unwrap(), "hello\nbye\n");
    }

    #[tokio::test]
    async fn who_does_not_listen_is_killed_on_the_second_order() {
        let mut bench = Bench::new();
        let tending = bench.tend("deaf.sh");
        assert!(matches!(bench.event().await, Event::Started { .. }));
        bench.order.send_replace(Order::Stop);
        bench.order.send_replace(Order::Kill);
        tokio::time::timeout(Duration::from_secs(10), tending).await.unwrap().unwrap();
    }
}
