#!/usr/bin/env bash
# Builds what a command needs and becomes that command: stack.sh run|token|load|…
set -euo pipefail
cd "$(dirname "$0")/../.."

binary=${CARGO_TARGET_DIR:-target}/local/local-stack

# Every other command needs no service. A binary newer than its own sources will do.
if [ "${1:-}" != run ] && [ -x "$binary" ] &&
    [ -z "$(find Cargo.toml Cargo.lock deploy/local shared -type f -newer "$binary" -print -quit)" ]; then
    exec "$binary" "$@"
fi

# Only a start shows how the build goes on: the other commands' output is for scripts.
quiet=(--quiet)
if [ "${1:-}" = run ]; then quiet=(); fi

# In the background, because a shell that waits for a child in front of it hears no signal until that child is done.
deploy/scripts/build.sh "${quiet[@]}" &
builder=$!
trap 'kill "$builder" 2>/dev/null; exit 143' INT TERM
wait "$builder"
trap - INT TERM

# No shell stays between make and the stack, so that signals reach it.
exec "$binary" "$@"
