#!/usr/bin/env bash
# Everything a change must pass: all tests on SQLite, those that meet a database again on a throw-away PostgreSQL, and a
# stack of real processes started, disturbed and stopped on both.
set -euo pipefail
cd "$(dirname "$0")/../.."

deploy/scripts/need.sh compiler libpq postgres openssl
# Without a browser the rest is still worth testing; the CI tests all of it.
if ! deploy/scripts/need.sh browser; then
    [ -z "${CI:-}" ] || exit 1
    printf '\n!! NO BROWSER: THE STORIES AT THE DESK ARE NOT TESTED\n'
fi
# Tests choose their database by this; the ones on SQLite must not find another.
unset TEST_DATABASE_URL
source deploy/scripts/throwaway-postgres.sh
trap stop_postgres EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n== %s\n' "$*"; }

say "all tests, on SQLite"
cargo test --locked --workspace --all-features

say "all tests again, those that meet a database on PostgreSQL"
start_postgres
# The same selection as before: another one would build the shared crates with other features, and so once more.
TEST_DATABASE_URL=$POSTGRES_URL cargo test --locked --workspace --all-features

say "races, where all transactions are serializable (make test-serializable runs everything so)"
deploy/scripts/test-serializable.sh --test it race

say "a real stack"
cargo build --locked --workspace --all-features --bins --tests
deploy/scripts/smoke.sh
deploy/scripts/smoke.sh "$POSTGRES_URL"

say "commands beside a stack, and who may read what it keeps"
deploy/scripts/beside-stack.sh
deploy/scripts/beside-stack.sh "$POSTGRES_URL"

say "the page about returns, followed to the letter"
deploy/scripts/returns-walk.sh
deploy/scripts/returns-walk.sh "$POSTGRES_URL"

say "a tenth of the attack on the services (make attack is the full one)"
# On a database of its own: it leaves orders whose numbers others use too.
BIN_DIR=${CARGO_TARGET_DIR:-target}/debug ATTACK=10 deploy/scripts/attack-services.sh

say "each process alone, as an image starts it"
deploy/scripts/bare-start.sh
deploy/scripts/bare-start.sh "$POSTGRES_URL"

say "a backup, a loss and a restore"
deploy/scripts/restore-test.sh
deploy/scripts/restore-test.sh "$POSTGRES_URL"

say "a short rollout under load (make rolling is the full one)"
BIN_DIR=${CARGO_TARGET_DIR:-target}/debug RESTARTS=2 RATE=60 KEEP_UP=0 deploy/scripts/rolling.sh "$POSTGRES_URL"
