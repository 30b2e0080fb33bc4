#!/usr/bin/env bash
# Restarts every process under load and demands that no request is lost: rolling.sh [postgres://…]
#
# PROCESSES that roll (all five), RESTARTS of each (20), RATE of requests a second (200), CALLERS (12). KEEP_UP=0 lets a slow machine send fewer. BIN_DIR says where the binaries are; without it they are built.
# Without a database a throw-away PostgreSQL is started.
set -euo pipefail
cd "$(dirname "$0")/../.."

source deploy/scripts/against-a-house.sh
"$BIN_DIR/rolling"
