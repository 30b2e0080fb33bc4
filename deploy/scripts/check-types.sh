#!/usr/bin/env bash
# The types of the desk's page, by TypeScript, where node is there and its packages can be fetched. Nothing else needs either.
set -euo pipefail
cd "$(dirname "$0")/../.."

not_checked() {
    printf '\n!! THE TYPES OF THE DESK ARE NOT CHECKED: %s\n' "$1"
    exit 0
}

command -v npm >/dev/null || not_checked "npm is not here"
timeout 120 npm ci --prefix desk/types --no-audit --no-fund --silent || not_checked "its packages can't be fetched"
desk/types/node_modules/.bin/tsc --project desk/types
