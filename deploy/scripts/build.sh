#!/usr/bin/env bash
# Builds the binaries of the stack for this machine: build.sh [--quiet]; or the whole house with its examples as it is shipped
# (release), as measurements want it: build.sh --whole
#
# Always all of them at once, and for both databases: which features the shared crates are built with depends on who is built
# together, and another selection would compile half of the house a second time.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS

if [ "${1:-}" = --whole ]; then
    deploy/scripts/need.sh compiler libpq
    exec cargo build --release --locked --workspace --all-features --bins --examples >&2
fi

deploy/scripts/need.sh compiler
for_postgres=yes
if ! deploy/scripts/need.sh libpq; then
    case ${DB:-} in
    postgres://* | postgresql://*) exit 1 ;;
    esac
    echo "build.sh: for SQLite alone, because libpq is missing" >&2
    for_postgres=
fi
arguments=(--profile local --locked "$@" -p gateway -p local-stack)
for service in member-service cs-inquiry-service promotion-service claim-service; do
    arguments+=(-p "$service" ${for_postgres:+--features "$service/postgres"})
done
exec cargo build "${arguments[@]}" >&2
