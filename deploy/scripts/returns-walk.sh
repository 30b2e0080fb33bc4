#!/usr/bin/env bash
# Follows docs/operations/returns.md on a stack of the built binaries, every block as it stands: returns-walk.sh [postgres://…]
#
# BIN_DIR says where the binaries are (target/debug).
set -euo pipefail
cd "$(dirname "$0")/../.."

export DB=${1:-} LOG=warn
source deploy/scripts/throwaway-stack.sh

page=docs/operations/returns.md
# What the page calls, as far as it does.
make() { "$bin/local-stack" "${@:2}"; }
curl() {
    local path=${2#"$gateway"} method=GET token='' body=''
    shift 2
    while [ $# -gt 0 ]; do
        case $1 in
        -d) method=POST body=$2 ;;
        -H) [ "$2" = "${2#Authorization: Bearer }" ] || token=${2#Authorization: Bearer } ;;
        *) fail "$page calls curl with $1" ;;
        esac
        shift 2
    done
    ask "$method" "$path" "$token" "$body"
}
demo_is_settled() { ask GET "/v1/claim/claimMgmt/getClaimList?ordDtlStatCd=37" "$agent" | grep -q '"totalCount":1,'; }

echo "returns-walk: starting on ${DB:-SQLite}"
start_stack
agent=$(make -s token ROLE=agent SUB=agent-1)
within 300 demo_is_settled || fail "the demo's return is not settled"

blocks=$(sed -n '/^```sh$/,/^```$/{/^```/d;p}' "$page")
# In the background, because a shell that is asked how it ended does not stop at the first failure; through a pipe, because a file
# would be cut short by whoever opens /dev/stderr.
(eval "$blocks") 2>&1 | cat >"$place/said" &
wait $! || fail "the page breaks off: $(tail -n 3 "$place/said")"

# The two refusals that the page tells of, and no other.
refusals=$( (grep -o '"code":"[A-Z_]*"' "$place/said" || true) | sort | tr -d '\n')
[ "$refusals" = '"code":"AMOUNT_CONFIRM_REQUIRED""code":"CLAIM_STATUS_CONFLICT"' ] || fail "refused: $refusals: $(cat "$place/said")"
grep -q ' claims looked at, 0 differences$' "$place/said" || fail "verify finds differences: $(tail -n 5 "$place/said")"
stop_stack
"$bin/local-stack" reset || fail "reset failed"
echo "returns-walk: fine on ${DB:-SQLite}"
