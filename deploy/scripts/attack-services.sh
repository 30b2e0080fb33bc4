#!/usr/bin/env bash
# Attacks the services behind the gateway and holds their memory against the manifests': attack-services.sh [postgres://…]
#
# ATTACK says how many of a hundred attackers come (10), PARTS which parts are run (all; see deploy/attack). BIN_DIR says where the binaries
# are; without it they are built. Without a database a throw-away PostgreSQL is started.
set -euo pipefail
cd "$(dirname "$0")/../.."

source deploy/scripts/against-a-house.sh
ulimit -n "$(ulimit -Hn)"
"$BIN_DIR/attack"
