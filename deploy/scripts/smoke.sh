#!/usr/bin/env bash
# Starts a stack of the built binaries, disturbs it, and looks whether it leaves anything behind: smoke.sh [postgres://…]
#
# BIN_DIR says where the binaries are (target/debug).
set -euo pipefail
cd "$(dirname "$0")/../.."

export DB=${1:-} LOG=info
source deploy/scripts/throwaway-stack.sh

# The numbers of stack.json, without asking for a tool that may not be there.
number() { grep -o "\"$1\": *[0-9]*" "$DATA_DIR/stack.json" | tail -n 1 | grep -o '[0-9]*$'; }
port_of() { grep -o "\"$1\": *[0-9]*" "$DATA_DIR/stack.json" | head -n 1 | grep -o '[0-9]*$'; }
all_pids() { grep -A 10 '"pids"' "$DATA_DIR/stack.json" | grep -o '[0-9]\+'; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
is_silent() { ! answers "$1"; }
is_gone() { ! kill -0 "$1" 2>/dev/null; }
is_new_member_service() { [ -n "$(number member-service)" ] && [ "$(number member-service)" != "$1" ]; }
amount_is_right() {
    ask POST /v1/member/getOrdTotAmt "$token" \
        '{"mbrNo":"100001311","buyStrDtm":"2026-08-01T00:00:00","buyEndDtm":"2026-08-31T23:59:59"}' 2>/dev/null |
        grep -q '"totOrdAmt":49000'
}
claims_stand_in() { ask GET "/v1/claim/claimMgmt/getClaimList?ordDtlStatCd=$1" "$agent" | grep -q "\"totalCount\":$2,"; }

echo "smoke: starting on ${DB:-SQLite}"
start_stack
[ "$(wc -l <"$place/ready")" -eq 1 ] || fail "more than one line on standard output"
grep -q refused "$place/errors" && fail "demo data were refused"

token=$("$bin/local-stack" token ROLE=member SUB=100001311 GRADE=30)
amount_is_right || fail "the demo order does not count 49000"
agent=$("$bin/local-stack" token ROLE=agent SUB=agent-1)
# What a settlement brings about goes on behind its answer.
for state in "33 2" "34 1" "36 1" "38 1" "37 1" "39 2" "22 1"; do
    # shellcheck disable=SC2086 # the state and how many of the demo's claims are in it
    within 300 claims_stand_in $state || fail "not as many claims in ${state% *} as the demo has: ${state#* }"
done

echo "smoke: the desk and who signs people in"
shop_port=$((GATEWAY_PORT + 10))
ask GET /desk/config.json "" | grep -q "\"issuer\":\"http://127.0.0.1:$shop_port\"" || fail "the desk does not say who signs people in"
answers "$shop_port" || fail "nobody signs people in"

pids=$(all_pids)
ports="$GATEWAY_PORT $shop_port $(port_of member-service) $(port_of cs-inquiry-service) $(port_of promotion-service) $(port_of claim-service)"
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
stop_stack
for pid in $pids; do within 50 is_gone "$pid" || fail "process $pid is left"; done
for port in $ports; do is_silent "$port" || fail "port $port is left"; done

echo "smoke: a stack whose supervisor is killed leaves nothing either"
start_stack
pids=$(all_pids)
kill -KILL "$stack"
wait "$stack" 2>/dev/null || true
stack=
for pid in $pids; do within 150 is_gone "$pid" || fail "process $pid outlived its supervisor"; done

"$bin/local-stack" reset || fail "reset failed"
[ ! -e "$DATA_DIR" ] || fail "reset left the data directory"
echo "smoke: fine on ${DB:-SQLite}"
