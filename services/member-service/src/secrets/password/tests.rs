use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroUsize;
use std::sync::{Mutex, mpsc};

use super::*;

fn passwords(change: impl FnOnce(&mut PasswordSettings)) -> Passwords {
    let mut settings = PasswordSettings { threads: 1, ..PasswordSettings::default() };
    change(&mut settings);
    Passwords::start(&settings).expect("the system gives threads and random bytes")
}

fn home(number: u8) -> Household {
    Household::of(IpAddr::V4(Ipv4Addr::new(10, 0, 0, number)))
}

/// Keeps a thread busy until something is sent, however little patience there is.
fn hold(passwords: &Passwords) -> (mpsc::Sender<()>, tokio::task::JoinHandle<()>) {
    let (release, released) = mpsc::channel::<()>();
    let released = Arc::new(Mutex::new(released));
    let pool = Arc::clone(&passwords.pool);
    let (began, begun) = mpsc::channel();
    let held = tokio::spawn(async move {
        loop {
            let (began, released) = (began.clone(), Arc::clone(&released));
            let work = pool.work_for(home(0), move |_| {
                began.send(()).expect("somebody waits");
                let _ = released.lock().expect("nobody else has it").recv();
                Ok(())
            });
            match work.await {
                Err(PasswordError::Busy) => {}
                outcome => return outcome.expect("released"),
            }
        }
    });
    tokio::task::block_in_place(|| begun.recv().expect("it begins"));
    (release, held)
}

/// Looks again until so many wait.
async fn until_waiting(passwords: &Passwords, queue: Queue, count: usize) {
    while passwords.pool.waiting(queue) != count {
        tokio::task::yield_now().await;
    }
}

fn secret(text: &str) -> SecretString {
    text.into()
}

#[tokio::test]
async fn a_password_opens_its_own_hash_and_no_other() {
    let passwords = passwords(|_| {});
    let hash = passwords.hash(home(1), secret("guest-1234")).await.expect("hashed");
    assert!(passwords.verify(home(1), secret("guest-1234"), Some(hash.clone())).await.expect("compared"));
    assert!(!passwords.verify(home(1), secret("guest-1235"), Some(hash)).await.expect("compared"));
    assert!(!passwords.verify(home(1), secret("guest-1234"), None).await.expect("compared"));
    assert!(passwords.verify(home(1), secret("x"), Some("no hash".to_owned())).await.is_err());
}

#[tokio::test]
async fn the_hashes_of_an_intake_come_in_the_order_of_its_passwords() {
    let passwords = passwords(|settings| settings.threads = 2);
    assert_eq!(passwords.hash_all(Vec::new()).await.expect("nothing to do"), Vec::<String>::new());
    let texts = ["one", "two", "three"];
    let hashes = passwords.hash_all(texts.map(secret).into()).await.expect("hashed");
    for (text, hash) in texts.into_iter().zip(hashes) {
        assert!(passwords.verify(home(1), secret(text), Some(hash)).await.expect("compared"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_away_frees_its_place_and_who_finds_none_is_told_so() {
    let passwords = passwords(|settings| {
        settings.guests_waiting = NonZeroUsize::MIN;
        settings.intakes = NonZeroUsize::MIN;
    });
    let (release, held) = hold(&passwords);
    let later = |household| {
        let passwords = passwords.clone();
        tokio::spawn(async move { passwords.hash(household, secret("x")).await })
    };
    let intake = || {
        let passwords = passwords.clone();
        tokio::spawn(async move { passwords.hash_all(vec![secret("x"), secret("y")]).await })
    };
    let (first, large) = (later(home(1)), intake());
    until_waiting(&passwords, Queue::Guests, 1).await;
    until_waiting(&passwords, Queue::Intakes, 2).await;
    assert!(matches!(later(home(2)).await.expect("no panic"), Err(PasswordError::Busy)));
    assert!(matches!(intake().await.expect("no panic"), Err(PasswordError::Busy)));

    first.abort();
    large.abort();
    until_waiting(&passwords, Queue::Guests, 0).await;
    until_waiting(&passwords, Queue::Intakes, 0).await;
    let (second, other) = (later(home(2)), intake());
    until_waiting(&passwords, Queue::Intakes, 2).await;
    release.send(()).expect("it waits");
    assert!(second.await.expect("no panic").is_ok());
    assert!(other.await.expect("no panic").is_ok());
    held.await.expect("no panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_longer_than_its_patience() {
    let passwords = passwords(|settings| {
        settings.guest_patience_ms = 1;
        settings.intake_patience_ms = 1;
    });
    let (release, held) = hold(&passwords);
    assert!(matches!(passwords.hash(home(1), secret("x")).await, Err(PasswordError::Busy)));
    assert!(matches!(passwords.hash_all(vec![secret("x")]).await, Err(PasswordError::Busy)));
    assert_eq!((passwords.pool.waiting(Queue::Guests), passwords.pool.waiting(Queue::Intakes)), (0, 0));
    release.send(()).expect("it waits");
    // What had begun was finished in spite of its patience.
    held.await.expect("no panic");
}

#[tokio::test]
async fn a_panic_is_its_callers_alone() {
    let passwords = passwords(|_| {});
    let outcome = passwords.pool.work_for(home(1), |_| -> Result<(), _> { panic!("on purpose") }).await;
    assert!(matches!(outcome, Err(PasswordError::Panicked)));
    assert!(passwords.hash(home(1), secret("x")).await.is_ok(), "the thread is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_threads_end_when_what_has_begun_is_finished() {
    let passwords = passwords(|settings| settings.threads = 3);
    let (release, held) = hold(&passwords);
    held.abort();
    assert!(held.await.is_err(), "its caller is gone, and the work goes on");
    let end = tokio::task::spawn_blocking(move || drop(passwords));
    release.send(()).expect("the work waits for it");
    end.await.expect("no panic");
    assert!(release.send(()).is_err(), "the work is over");
}

#[test]
fn temporary_passwords_differ() {
    let (one, other) = (temporary().expect("random"), temporary().expect("random"));
    assert_ne!(one.expose_secret(), other.expose_secret());
}
