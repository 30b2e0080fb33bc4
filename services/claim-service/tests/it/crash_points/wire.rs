//! The wires of a house: every call to and from claim-service goes over one, and on each the process can be made to die
//! at a chosen moment of a call. The product knows nothing of it.

use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex as TurnLock, watch};

use super::process::Process;

/// A moment in the life of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// The request is on its way; whoever is called never hears of it.
    Arrived,
    /// What was asked for is done, and the first byte of the answer is not handed over.
    CarriedOut,
    /// The answer is handed over, down to its last byte.
    Answered,
    /// What came of it is in the database, and nothing that follows has begun.
    Committed,
}

/// A call whose request holds this text, and when the process dies of it. Of [`Moment::Committed`] only the database can
/// tell, so there the wires fall silent and whoever set the trap kills.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trap {
    pub(super) call: &'static str,
    /// How many such calls get through before.
    pub(super) passed_by: usize,
    pub(super) moment: Moment,
}

/// What all wires of a house share.
pub(super) struct Fate {
    process: TurnLock<Option<Process>>,
    is_dead: watch::Sender<bool>,
    trap: Mutex<Option<Trap>>,
    /// No call gets through any more.
    is_silent: AtomicBool,
}

impl Fate {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            process: TurnLock::default(),
            is_dead: watch::Sender::new(true),
            trap: Mutex::default(),
            is_silent: AtomicBool::new(false),
        })
    }

    /// A process begins, and nothing threatens it yet.
    pub(super) async fn begins(&self, process: Process) {
        *self.process.lock().await = Some(process);
        *lock(&self.trap) = None;
        self.is_silent.store(false, Ordering::SeqCst);
        self.is_dead.send_replace(false);
    }

    pub(super) fn set(&self, trap: Trap) {
        *lock(&self.trap) = Some(trap);
    }

    /// The process is gone when this returns.
    pub(super) async fn strikes(&self) {
        if let Some(process) = self.process.lock().await.take() {
            process.kill().await;
            self.is_dead.send_replace(true);
        }
    }

    pub(super) async fn until_dead(&self) {
        self.is_dead.subscribe().wait_for(|is_dead| *is_dead).await.expect("the sender is in `self`");
    }

    /// The moment at which the process dies of this call, once.
    fn moment_of(&self, request: &str) -> Option<Moment> {
        let mut trap = lock(&self.trap);
        let met = trap.as_mut().filter(|trap| request.contains(trap.call))?;
        if met.passed_by > 0 {
            met.passed_by -= 1;
            return None;
        }
        trap.take().map(|trap| trap.moment)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One wire. Each call has a connection of its own.
pub(super) struct Wire {
    pub(super) url: String,
    callee: Arc<AtomicU16>,
}

impl Wire {
    /// It leads to a port of this machine.
    pub(super) async fn to(port: u16, fate: &Arc<Fate>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let own_port = listener.local_addr().expect("it is bound").port();
        let callee = Arc::new(AtomicU16::new(port));
        let (leads_to, fate) = (Arc::clone(&callee), Arc::clone(fate));
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let (port, fate) = (leads_to.load(Ordering::SeqCst), Arc::clone(&fate));
                tokio::spawn(async move { carry(caller, port, &fate).await });
            }
        });
        Self { url: format!("http://127.0.0.1:{own_port}"), callee }
    }

    pub(super) fn leads_to(&self, port: u16) {
        self.callee.store(port, Ordering::SeqCst);
    }
}

/// One call. Whoever breaks off ends it for both sides.
async fn carry(mut caller: TcpStream, port: u16, fate: &Fate) -> Option<()> {
    let request = receive(&mut caller).await?;
    let first_line = String::from_utf8_lossy(request.split(|byte| *byte == b'\r').next()?).into_owned();
    if fate.is_silent.load(Ordering::SeqCst) {
        std::future::pending::<()>().await;
    }
    let moment = fate.moment_of(&first_line);
    if moment == Some(Moment::Arrived) {
        fate.strikes().await;
        return None;
    }
    let mut callee = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    callee.write_all(&request).await.ok()?;
    let mut piece = vec![0_u8; 16 << 10];
    let mut count = callee.read(&mut piece).await.ok().filter(|count| *count > 0)?;
    if moment == Some(Moment::CarriedOut) {
        fate.strikes().await;
        return None;
    }
    if moment == Some(Moment::Committed) {
        // Before the answer is handed over, so that nothing which follows from it gets through.
        fate.is_silent.store(true, Ordering::SeqCst);
    }
    while count > 0 {
        caller.write_all(piece.get(..count)?).await.ok()?;
        count = callee.read(&mut piece).await.ok()?;
    }
    caller.flush().await.ok()?;
    if moment == Some(Moment::Answered) {
        fate.strikes().await;
    }
    Some(())
}

/// One whole request, which asks for the connection to be closed after its answer.
async fn receive(caller: &mut TcpStream) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    let head_end = loop {
        if let Some(at) = request.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(caller, &mut request).await?;
    };
    let head = String::from_utf8_lossy(request.get(..head_end)?).to_ascii_lowercase();
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let end: usize = head_end + 4 + length;
    while request.len() < end {
        more(caller, &mut request).await?;
    }
    request.splice(head_end..head_end, *b"\r\nconnection: close");
    Some(request)
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut piece = [0_u8; 4096];
    let count = stream.read(&mut piece).await.ok().filter(|count| *count > 0)?;
    bytes.extend_from_slice(piece.get(..count)?);
    Some(())
}
