#!/usr/bin/env bash
# Starts a stack of the built binaries, disturbs it, and looks whether it leaves anything behind: smoke.sh [postgres://…]
#
# BIN_DIR says where the binaries are (target/debug).
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=${BIN_DIR:-${CARGO_TARGET_DIR:-target}/debug}
place=$(mktemp -d)
export DATA_DIR=$place/data NOTI_SINK=$place/sink.jsonl DB=${1:-} LOG=info
export GATEWAY_PORT=$((RANDOM % 5000 + 15000))
gateway=http://127.0.0.1:$GATEWAY_PORT
stack=
touch "$place/ready" "$place/errors"

cleanup() {
    if [ -n "$stack" ]; then
        kill -KILL "$stack" 2>/dev/null || true
        wait "$stack" 2>/dev/null || true
    fi
    rm -rf "$place"
}
trap cleanup EXIT

fail() {
    echo "smoke: $*" >&2
    cat "$place/errors" >&2
    tail -n 20 "$DATA_DIR"/logs/*.log >&2 || true
    exit 1
}

# Waits until a command succeeds, at most so many tenths of a second.
within() {
    local tenths=$1
    shift
    for ((i = 0; i < tenths; i++)); do
        if "$@"; then return 0; fi
        sleep 0.1
    done
    return 1
}

# The numbers of stack.json, without asking for a tool that may not be there.
number() { grep -o "\"$1\": *[0-9]*" "$DATA_DIR/stack.json" | tail -n 1 | grep -o '[0-9]*$'; }
port_of() { grep -o "\"$1\": *[0-9]*" "$DATA_DIR/stack.json" | head -n 1 | grep -o '[0-9]*$'; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
is_silent() { ! answers "$1"; }
is_gone() { ! kill -0 "$1" 2>/dev/null; }
is_ready() { grep -q "^ready $gateway\$" "$place/ready"; }
is_new_member_service() { [ -n "$(number member-service)" ] && [ "$(number member-service)" != "$1" ]; }
get() {
    local answer
    exec 3<>"/dev/tcp/127.0.0.1/$GATEWAY_PORT"
    printf 'POST %s HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
        "$1" "$2" "${#3}" "$3" >&3
    answer=$(cat <&3)
    exec 3>&-
    echo "$answer"
}
amount_is_right() {
    get /v1/member/getOrdTotAmt "$token" \
        '{"mbrNo":"100001311","buyStrDtm":"2026-08-01T00:00:00","buyEndDtm":"2026-08-31T23:59:59"}' 2>/dev/null |
        grep -q '"totOrdAmt":49000'
}

echo "smoke: starting on ${DB:-SQLite}"
"$bin/local-stack" run >"$place/ready" 2>"$place/errors" &
stack=$!
within 1200 is_ready || fail "no ready line"
[ "$(wc -l <"$place/ready")" -eq 1 ] || fail "more than one line on standard output"
grep -q refused "$place/errors" && fail "demo data were refused"

token=$("$bin/local-stack" token ROLE=member SUB=100001311 GRADE=30)
amount_is_right || fail "the demo order does not count 49000"

pids=$(grep -A 10 '"pids"' "$DATA_DIR/stack.json" | grep -o '[0-9]\+')
ports="$GATEWAY_PORT $(port_of member-service) $(port_of cs-inquiry-service) $(port_of promotion-service) $(port_of claim-service)"
[ "$(wc -w <<<"$pids")" -eq 6 ] || fail "stack.json does not name six processes"

echo "smoke: a second stack on the same data is refused"
if "$bin/local-stack" run >/dev/null 2>"$place/second"; then fail "a second stack started"; fi
grep -q "runs already" "$place/second" || fail "the refusal is not clear: $(cat "$place/second")"

echo "smoke: killing the member-service"
before=$(number member-service)
kill -KILL "$before"
within 50 is_new_member_service "$before" || fail "the member-service was not started again within 5 s"
within 50 amount_is_right || fail "the member-service does not answer again"
pids="$pids $(number member-service)"

echo "smoke: stopping"
kill -TERM "$stack"
status=0
wait "$stack" || status=$?
stack=
[ "$status" -eq 0 ] || fail "stopping ended with $status"
for pid in $pids; do within 50 is_gone "$pid" || fail "process $pid is left"; done
for port in $ports; do is_silent "$port" || fail "port $port is left"; done

echo "smoke: a stack whose supervisor is killed leaves nothing either"
"$bin/local-stack" run >"$place/ready" 2>"$place/errors" &
stack=$!
within 600 is_ready || fail "no ready line on the second start"
pids=$(grep -A 10 '"pids"' "$DATA_DIR/stack.json" | grep -o '[0-9]\+')
kill -KILL "$stack"
wait "$stack" 2>/dev/null || true
stack=
for pid in $pids; do within 150 is_gone "$pid" || fail "process $pid outlived its supervisor"; done

"$bin/local-stack" reset || fail "reset failed"
[ ! -e "$DATA_DIR" ] || fail "reset left the data directory"
echo "smoke: fine on ${DB:-SQLite}"
