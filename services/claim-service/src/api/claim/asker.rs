//! 요청자

use commerce::claimable::reason::Asker;
use platform::identity::Caller;

/// Who asks: staff for the customer, or the customer.
pub(in crate::api) fn asker(caller: &Caller) -> Asker {
    if caller.is_staff() { Asker::Agent } else { Asker::Customer }
}
