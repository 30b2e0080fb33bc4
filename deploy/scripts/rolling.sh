#!/usr/bin/env bash
# Restarts every process under load and demands that no request is lost: rolling.sh [postgres://…]
#
# PROCESSES that roll (all five), RESTARTS of each (20), RATE of requests a second (200), CALLERS (12). KEEP_UP=0 lets a slow machine send fewer. BIN_DIR says where the binaries are; without it they are built.
# Without a database a throw-away PostgreSQL is started.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS

deploy/scripts/need.sh compiler libpq postgres
if [ -z "${BIN_DIR:-}" ]; then
    deploy/scripts/build.sh --whole
    BIN_DIR=${CARGO_TARGET_DIR:-target}/release
fi
export BIN_DIR DB=${1:-}
if [ -z "$DB" ]; then
    source deploy/scripts/throwaway-postgres.sh
    trap stop_postgres EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    start_postgres
    DB=$POSTGRES_URL
fi
"$BIN_DIR/rolling"
