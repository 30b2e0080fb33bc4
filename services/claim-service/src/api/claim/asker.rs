//! 요청자

use platform::identity::Caller;

use crate::domain::reason::Asker;

/// Who asks: staff for the customer, or the customer.
pub(in crate::api) fn asker(caller: &Caller) -> Asker {
    if caller.is_staff() { Asker::Agent } else { Asker::Customer }
}
