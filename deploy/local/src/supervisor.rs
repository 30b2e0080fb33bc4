//! Starts the five processes, keeps them running, and leaves nothing behind.

mod child;
mod place;
mod stop_signal;

use std::io::Write as _;
use std::time::Duration;

use chrono::{DateTime, Utc};
use platform::clock::Clock;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::demo_loader;
use crate::environment::{Process, Surroundings};
use crate::failure::{Context as _, Failure};
use crate::issuer;
use crate::readiness;
use crate::settings::Settings;
use crate::stack_file::StackFile;

use self::child::{Event, Order};
use self::place::Place;
pub(crate) use self::place::{is_running, lock};
use self::stop_signal::StopSignals;

/// A process that dies this often before the whole stack was ready once will not come to life by itself.
const DEATHS_BEFORE_READY: usize = 5;
const TIME_TO_GET_READY: Duration = Duration::from_secs(180);

/// Runs until it is told to stop.
pub async fn run(settings: Settings, now: DateTime<Utc>) -> Result<(), Failure> {
    let mut signals = StopSignals::listen()?;
    let place = Place::prepare(settings)?;
    // No process of its own: it has nothing that a restart would have to bring back.
    let shop_port = issuer::listen(place.surroundings.settings.shop_port)?;
    let issuer = issuer::serve(shop_port, &place.surroundings, Clock::system())?;
    let mut stack = Stack::start(&place)?;
    let outcome = tokio::select! {
        outcome = stack.serve(&place, now) => outcome,
        () = signals.next() => Ok(()),
    };
    eprintln!("local-stack: stopping");
    tokio::select! {
        () = stack.stop() => {}
        () = stop_signal::repeated() => stack.kill().await,
    }
    issuer.stop(false).await;
    StackFile::remove(&place.surroundings.settings.data_dir);
    outcome
}

struct Stack {
    /// The gateway has its own order: it stops first, so that what it has in flight is still answered.
    gateway_order: watch::Sender<Order>,
    service_order: watch::Sender<Order>,
    gateway: JoinSet<()>,
    services: JoinSet<()>,
    events: mpsc::UnboundedReceiver<Event>,
    deaths: Vec<Process>,
    file: StackFile,
}

impl Stack {
    fn start(place: &Place) -> Result<Self, Failure> {
        let (gateway_order, _) = watch::channel(Order::Run);
        let (service_order, _) = watch::channel(Order::Run);
        let (sender, events) = mpsc::unbounded_channel();
        let (mut gateway, mut services) = (JoinSet::new(), JoinSet::new());
        for process in Process::ALL {
            let spec = place.child(process)?;
            match process {
                Process::Gateway => {
                    gateway.spawn(child::tend(spec, gateway_order.subscribe(), sender.clone()))
                }
                _ => services.spawn(child::tend(spec, service_order.subscribe(), sender.clone())),
            };
        }
        let file = stack_file(&place.surroundings);
        file.write(&place.surroundings.settings.data_dir)?;
        Ok(Self { gateway_order, service_order, gateway, services, events, deaths: Vec::new(), file })
    }

    /// Returns only when something is wrong beyond repair.
    async fn serve(&mut self, place: &Place, now: DateTime<Utc>) -> Result<(), Failure> {
        {
            let ready = get_ready(place, now);
            tokio::pin!(ready);
            loop {
                tokio::select! {
                    event = self.events.recv() => self.note(place, event)?,
                    outcome = &mut ready => { outcome?; break }
                }
                self.give_up_on_repeated_deaths(place)?;
            }
        }
        writeln!(std::io::stdout(), "ready {}", place.surroundings.settings.gateway_url())
            .context("standard output can't be written")?;
        loop {
            let event = self.events.recv().await;
            self.note(place, event)?;
        }
    }

    fn note(&mut self, place: &Place, event: Option<Event>) -> Result<(), Failure> {
        match event {
            Some(Event::Started { process, pid }) => {
                self.file.pids.insert(process.name().to_owned(), pid);
                self.file.write(&place.surroundings.settings.data_dir)
            }
            Some(Event::Ended { process, how, pause }) => {
                eprintln!(
                    "local-stack: {} ended ({how}), starts again in {} ms",
                    process.name(),
                    pause.as_millis()
                );
                self.deaths.push(process);
                Ok(())
            }
            None => Err(Failure::new("nobody tends the processes any more")),
        }
    }

    fn give_up_on_repeated_deaths(&self, place: &Place) -> Result<(), Failure> {
        let deaths_of = |process| self.deaths.iter().filter(|dead| **dead == process).count();
        match Process::ALL.into_iter().find(|process| deaths_of(*process) >= DEATHS_BEFORE_READY) {
            None => Ok(()),
            Some(process) => Err(Failure::new(format!(
                "{} ended {DEATHS_BEFORE_READY} times before it was ready; the end of its log:\n{}",
                process.name(),
                place.log_tail(process)
            ))),
        }
    }

    async fn stop(&mut self) {
        self.gateway_order.send_replace(Order::Stop);
        while self.gateway.join_next().await.is_some() {}
        self.service_order.send_replace(Order::Stop);
        while self.services.join_next().await.is_some() {}
    }

    async fn kill(&mut self) {
        self.gateway_order.send_replace(Order::Kill);
        self.service_order.send_replace(Order::Kill);
        while self.gateway.join_next().await.is_some() {}
        while self.services.join_next().await.is_some() {}
    }
}

async fn get_ready(place: &Place, now: DateTime<Utc>) -> Result<(), Failure> {
    let ready = readiness::all_ready(&place.surroundings);
    tokio::time::timeout(TIME_TO_GET_READY, ready).await.map_err(|_| {
        let seconds = TIME_TO_GET_READY.as_secs();
        Failure::new(format!(
            "not ready after {seconds} s; the logs in {} may say why",
            place.log_dir().display()
        ))
    })??;
    demo_loader::load_what_is_missing(&place.surroundings, now).await
}

fn stack_file(surroundings: &Surroundings) -> StackFile {
    StackFile {
        gateway: surroundings.settings.gateway_port,
        services: Process::SERVICES
            .into_iter()
            .map(|service| (service.name().to_owned(), surroundings.ports.of(service)))
            .collect(),
        pids: [("local-stack".to_owned(), std::process::id())].into(),
    }
}
