#!/usr/bin/env bash
# Attacks the gateway in full: malformed and smuggling requests, hostile tokens, slow and idle callers, ten thousand at
# once, services out of their minds, and every operation with every kind of caller. Then the services behind it: bodies that
# grow when they are read, bodies that never end, uploads, guesses.
#
# `make test` runs the same suites with a tenth of the crowds. At the end well-behaved callers tell what they noticed.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS

deploy/scripts/need.sh compiler

# Both ends of every connection live in the test's process.
files=25000
ulimit -n "$(ulimit -Hn)"
ATTACK=100
if [ "$(ulimit -n)" != unlimited ] && [ "$(ulimit -n)" -lt "$files" ]; then
    ATTACK=$(($(ulimit -n) * 100 / files))
    echo "attack: only $(ulimit -n) open files are allowed, so the crowds are $ATTACK % of the full ones"
fi
export ATTACK

# One after another: each of them wants the machine for itself.
cargo test --locked -p gateway --all-features -- --test-threads=1
cargo test --locked -p stories --test it -- authorization

# What the services take of their pods' memory, and whether they serve the honest meanwhile.
deploy/scripts/attack-services.sh

# What well-behaved callers notice of each attack, and what it costs in memory.
bench/gateway/attack.sh
