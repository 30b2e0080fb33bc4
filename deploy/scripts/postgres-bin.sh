#!/usr/bin/env bash
# Prints the directory with PostgreSQL's server programs, the newest where there are several; nothing if there is none.
set -euo pipefail

candidates=()
if command -v initdb >/dev/null; then
    candidates+=("$(dirname "$(readlink -f "$(command -v initdb)")")")
fi
shopt -s nullglob
mapfile -t versions < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5 -rn)
candidates+=("${versions[@]}")
for candidate in "${candidates[@]}"; do
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then
        echo "$candidate"
        exit 0
    fi
done
