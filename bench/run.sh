#!/usr/bin/env bash
# Measures the services on a throw-away PostgreSQL that is as careful with what it is told as a real one; see
# bench/README.md. Needs Rust and Debian's package postgresql, and installs what is missing as `make test` does.
set -euo pipefail
cd "$(dirname "$0")/.."

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS

# Everything, unless it is said which: BENCH_PARTS="cancels gateway".
all="members cancels inquiries promotions costs gateway"
export BENCH_PARTS=${BENCH_PARTS:-$all}
for part in $BENCH_PARTS; do
    if [[ " $all " != *" $part "* ]]; then
        echo "bench: there is no part '$part' among: $all" >&2
        exit 2
    fi
done
wants() { [[ " $BENCH_PARTS " == *" $1 "* ]]; }

deploy/scripts/need.sh compiler libpq postgres
postgres_bin=$(deploy/scripts/postgres-bin.sh)
if [ ! -x "$postgres_bin/pgbench" ]; then
    echo "bench: $postgres_bin has no pgbench" >&2
    exit 1
fi

deploy/scripts/build.sh --whole

scratch=$(mktemp -d "${TMPDIR:-/tmp}/order-aftercare-bench.XXXXXX")
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    # PostgreSQL refuses to run as root.
    owner=nobody
    if id postgres >/dev/null 2>&1; then owner=postgres; fi
    as_owner=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups env "HOME=$scratch")
    chown "$owner" "$scratch"
fi

stop() {
    (
        cd "$scratch"
        "${as_owner[@]}" "$postgres_bin/pg_ctl" stop --pgdata="$scratch/data" --mode=immediate --silent
    ) >/dev/null 2>&1 || true
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(
    cd "$scratch"
    "${as_owner[@]}" "$postgres_bin/initdb" --pgdata=data --username=bench --auth=trust --encoding=UTF8 --locale=C
) >"$scratch/initdb.log" 2>&1 || {
    cat "$scratch/initdb.log" >&2
    exit 1
}

# A port that was free may be taken a moment later, so a few are tried. fsync and synchronous_commit keep their
# defaults, on.
url=
for _ in 1 2 3 4 5; do
    port=$((RANDOM % 10000 + 30000))
    if (
        cd "$scratch"
        "${as_owner[@]}" "$postgres_bin/pg_ctl" start --pgdata=data --wait --silent --log=postgres.log \
            --options="-p $port -h 127.0.0.1 -k $scratch -c shared_buffers=512MB -c max_wal_size=4GB"
    ) >/dev/null; then
        url=postgres://bench@127.0.0.1:$port/postgres
        break
    fi
done
if [ -z "$url" ]; then
    cat "$scratch/postgres.log" >&2
    exit 1
fi

release=${CARGO_TARGET_DIR:-target}/release
"$postgres_bin/postgres" --version
if wants members || wants cancels; then
    BENCH_DATABASE_URL=$url BENCH_POSTGRES_BIN=$postgres_bin BENCH_BIN_DIR=$(realpath "$release") \
        BENCH_SCRATCH_DIR=$scratch "$release/bench"
fi

# The agents' list while inquiries become a million, on the same PostgreSQL.
if wants inquiries; then
    echo "== cs-inquiry-service: list_bench"
    BENCH_DATABASE_URL=$url "$release/examples/list_bench"
fi

# What other crates measure of themselves, without a database.
micro() {
    echo "== $1: $2"
    "$release/examples/$2"
}
if wants promotions; then micro promotion-service accrual_bench; fi
if wants costs; then micro claim-service cost_bench; fi

if wants gateway; then
    echo "== gateway"
    BENCH_BUILT=1 bench/gateway/run.sh --if-possible
fi
