//! Messages that leave a service after its transaction.
//!
//! A use case writes a message in the transaction of its change; a worker leases due messages, sends
//! them and finishes them. A message may be sent twice (a worker can die between sending and finishing),
//! so its key is stable and the receiver takes every key once, through [`inbox`](crate::inbox).
//! A key is unique only while its row is here.

mod carrying;
mod overseeing;
mod writing;

pub use self::carrying::{Message, finish, finish_all, lease, release_all, release_everything, retry_later};
pub use self::overseeing::{
    Backlog, Troubled, Unsent, Waiting, backlog, last_reason, list_troubled, list_unsent, list_waiting,
    make_due,
};
pub use self::writing::{Hold, NewMessage, enqueue, enqueue_all, payloads_after, replace_payload};
