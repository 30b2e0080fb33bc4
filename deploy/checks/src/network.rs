//! Who may talk to whom under the NetworkPolicies of one namespace.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::workload;

/// Either end of a connection.
#[derive(Clone, Debug)]
pub enum Peer {
    /// A pod of the policies' own namespace.
    Pod(BTreeMap<String, String>),
    /// A pod of another namespace: its namespace's labels, and its own.
    Elsewhere { namespace: BTreeMap<String, String>, pod: BTreeMap<String, String> },
    /// An IPv4 address outside the cluster.
    Address([u8; 4]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Ingress,
    Egress,
}

/// Whether a connection can be made: its one end may send it, and the other may take it.
pub fn is_open(objects: &[Value], from: &Peer, to: &Peer, protocol: &str, port: u16) -> bool {
    let policies = workload::of_kind(objects, "NetworkPolicy");
    let may = |direction, this: &Peer, other: &Peer| match this {
        Peer::Pod(labels) => allows(&policies, direction, labels, other, protocol, port),
        // What happens in other places is theirs to say.
        Peer::Elsewhere { .. } | Peer::Address(_) => true,
    };
    may(Direction::Egress, from, to) && may(Direction::Ingress, to, from)
}

fn allows(
    policies: &[&Value],
    direction: Direction,
    pod: &BTreeMap<String, String>,
    other: &Peer,
    protocol: &str,
    port: u16,
) -> bool {
    let (type_name, rules, peers) = match direction {
        Direction::Ingress => ("Ingress", "ingress", "from"),
        Direction::Egress => ("Egress", "egress", "to"),
    };
    let bearing: Vec<_> = policies
        .iter()
        .map(|policy| &policy["spec"])
        .filter(|spec| is_selected(&spec["podSelector"], pod))
        .filter(|spec| {
            spec["policyTypes"].as_array().is_some_and(|types| types.iter().any(|one| one == type_name))
        })
        .collect();
    bearing.is_empty()
        || bearing.iter().flat_map(|spec| spec[rules].as_array()).flatten().any(|rule| {
            fits_port(&rule["ports"], protocol, port)
                && rule[peers].as_array().is_none_or(|list| list.iter().any(|peer| fits_peer(peer, other)))
        })
}

/// Rules of this house name a protocol and a number.
fn fits_port(ports: &Value, protocol: &str, port: u16) -> bool {
    ports
        .as_array()
        .is_none_or(|ports| ports.iter().any(|one| one["protocol"] == protocol && one["port"] == port))
}

fn fits_peer(peer: &Value, other: &Peer) -> bool {
    match other {
        Peer::Pod(labels) => peer.get("namespaceSelector").is_none() && selects(peer, "podSelector", labels),
        Peer::Elsewhere { namespace, pod } => {
            selects(peer, "namespaceSelector", namespace)
                && peer.get("podSelector").is_none_or(|selector| is_selected(selector, pod))
        }
        Peer::Address(address) => {
            let within = |network: &Value| network.as_str().is_some_and(|text| contains(text, *address));
            within(&peer["ipBlock"]["cidr"])
                && !peer["ipBlock"]["except"].as_array().into_iter().flatten().any(within)
        }
    }
}

fn selects(peer: &Value, selector: &str, labels: &BTreeMap<String, String>) -> bool {
    peer.get(selector).is_some_and(|selector| is_selected(selector, labels))
}

/// Selectors of this house have `matchLabels` only; without any they mean everything.
fn is_selected(selector: &Value, labels: &BTreeMap<String, String>) -> bool {
    workload::labels(&selector["matchLabels"]).iter().all(|(name, value)| labels.get(name) == Some(value))
}

fn contains(network: &str, address: [u8; 4]) -> bool {
    let Some((base, bits)) = network.split_once('/') else { return false };
    let (Ok(base), Ok(bits)) = (base.parse::<std::net::Ipv4Addr>(), bits.parse::<u32>()) else {
        return false;
    };
    let mask = u32::MAX.checked_shl(32_u32.saturating_sub(bits)).unwrap_or(0);
    u32::from(base) & mask == u32::from_be_bytes(address) & mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_its_addresses_and_no_others() {
        assert!(contains("10.20.0.0/24", [10, 20, 0, 255]));
        assert!(!contains("10.20.0.0/24", [10, 20, 1, 0]));
        assert!(contains("0.0.0.0/0", [203, 0, 113, 7]));
        assert!(contains("203.0.113.7/32", [203, 0, 113, 7]));
        assert!(!contains("203.0.113.7/32", [203, 0, 113, 8]));
    }
}
