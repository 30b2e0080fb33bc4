//! Who calls, in the words of the use cases.

use contract::ResultCode;
use contract::operations::Role;
use platform::error::Problem;
use platform::identity::Caller;

use crate::domain::inquiry_status::Agent;
use crate::domain::writer::Writer;
use crate::usecase::read_inquiries::Viewer;

/// The member who writes, for operations that are the member's alone.
pub(super) fn writer(caller: &Caller) -> Result<Writer, Problem> {
    let member_no = caller.own_member_no().ok_or_else(|| Problem::new(ResultCode::Forbidden))?;
    Ok(Writer { member_no, site_no: caller.site_no.clone() })
}

/// Who looks. An agent who is a member as well looks as an agent, as whom its look is put down.
pub(super) fn viewer(caller: &Caller) -> Result<Viewer, Problem> {
    if is_agent(caller) {
        Ok(Viewer::Agent)
    } else if caller.has(Role::Service) {
        Ok(Viewer::Service)
    } else {
        writer(caller).map(Viewer::Member)
    }
}

/// The agent at the desk.
pub(super) fn agent(caller: &Caller) -> Agent {
    Agent { id: caller.subject.clone(), is_admin: caller.has(Role::Admin) }
}

fn is_agent(caller: &Caller) -> bool {
    caller.has(Role::Agent) || caller.has(Role::Admin)
}
