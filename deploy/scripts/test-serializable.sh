#!/usr/bin/env bash
# Tests on a throw-away PostgreSQL whose transactions are all serializable: test-serializable.sh [what to give cargo test …]
set -euo pipefail
cd "$(dirname "$0")/../.."

deploy/scripts/need.sh compiler libpq postgres openssl
source deploy/scripts/throwaway-postgres.sh
trap stop_postgres EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

start_postgres -c default_transaction_isolation=serializable
TEST_DATABASE_URL=$POSTGRES_URL cargo test --locked --workspace --all-features "$@"
