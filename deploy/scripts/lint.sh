#!/usr/bin/env bash
# Formatting and clippy over everything, warnings denied; and the types of the desk's page where that can be done.
set -euo pipefail
cd "$(dirname "$0")/../.."

deploy/scripts/need.sh compiler libpq
cargo fmt --all --check
cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
deploy/scripts/check-types.sh
