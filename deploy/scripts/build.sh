#!/usr/bin/env bash
# Builds the binaries of the stack (release): build.sh [--quiet]; or of the whole house with its examples, for both
# databases, as measurements want it: build.sh --whole
#
# Always all of them at once: which features the shared crates are built with depends on who is built together, and
# building one alone would compile half of the house a second time.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS

if [ "${1:-}" = --whole ]; then
    deploy/scripts/need.sh compiler libpq
    exec cargo build --release --locked --workspace --all-features --bins --examples >&2
fi

services=(member-service cs-inquiry-service promotion-service claim-service)
arguments=(--release --locked "$@" -p gateway -p local-stack)
needs=(compiler)
for service in "${services[@]}"; do
    arguments+=(-p "$service")
done
case ${DB:-} in
postgres://* | postgresql://*)
    needs+=(libpq)
    for service in "${services[@]}"; do
        arguments+=(--features "$service/postgres")
    done
    ;;
esac

deploy/scripts/need.sh "${needs[@]}"
exec cargo build "${arguments[@]}" >&2
