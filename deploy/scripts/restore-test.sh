#!/usr/bin/env bash
# Backs a stack up as the runbook says, loses everything but the keys, restores it, and compares: restore-test.sh [postgres://…]
#
# BIN_DIR says where the binaries are (target/debug).
set -euo pipefail
cd "$(dirname "$0")/../.."

export DB=${1:-} LOG=warn RATE_LIMIT=0
source deploy/scripts/throwaway-stack.sh

order=20260801O000001
cancel="{\"ordNo\":\"$order\",\"claimRsnCd\":\"251\",\"claimGoodsList\":[{\"ordSeq\":1,\"claimQty\":1}]}"
claim_details() { ask POST /v1/claim/common/claimDetailsInfoFO "$member" "{\"ordNo\":\"$order\",\"claimNo\":\"$claim\"}"; }
claim_is_done() { claim_details | grep -q '"claimStatCd":"30"'; }

# Everything a member and an agent can see of what was done. The times of the answers are not of the data.
look() {
    {
        ask POST /v1/member/getOrdTotAmt "$member" '{"mbrNo":"100001311","buyStrDtm":"2026-01-01T00:00:00","buyEndDtm":"2026-12-31T23:59:59"}'
        ask POST /v1/member/getOrdClaimCnt "$member" '{"reqGubun":"quit"}'
        claim_details
        ask POST /v1/claim/orderCancel/cancelPopupFO "$member" "{\"ordNo\":\"$order\"}"
        ask GET /v1/customerservice/getQuestion "$member"
        ask GET "/v1/customerservice/getQuestionDtl?ccnNo=$inquiry" "$member"
        ask GET "/v1/customerservice/integratedCounselMgmt/getIntegratedCounselList" "$agent"
        ask GET "/v1/marketing/coupons?mbrNo=100001311" "$member"
        ask GET "/v1/marketing/mileage?mbrNo=100001311" "$member"
        ask GET /v1/member/notifications "$member"
    } | sed 's/"timestamp":"[^"]*"/"timestamp":"…"/'
}

echo "restore-test: living a little on ${DB:-SQLite}"
start_stack
member=$("$bin/local-stack" token ROLE=member SUB=100001311 GRADE=30)
agent=$("$bin/local-stack" token ROLE=agent SUB=agent-1)
claim=$(ask POST /v1/claim/orderCancel/cancelFO "$member" "$cancel" | grep -o '"claimNo":"[^"]*"' | cut -d'"' -f4)
[ -n "$claim" ] || fail "the cancel was not accepted: $(ask POST /v1/claim/orderCancel/cancelFO "$member" "$cancel")"
within 300 claim_is_done || fail "the cancel was not complete: $(claim_details)"
inquiry=$(ask POST /v1/customerservice/questionSave "$member" \
    '{"cnslTypNo":"9090","title":"배송 문의","accpCont":"언제 오나요?"}' | grep -o '"payload":"[^"]*"' | cut -d'"' -f4)
[ -n "$inquiry" ] || fail "the inquiry was not saved"
# Something that only the data key opens: the originals of a member who has left.
shop=$("$bin/local-stack" token ROLE=service SUB=shop)
admin=$("$bin/local-stack" token ROLE=admin SUB=admin-1)
theirs=$(sed "s/$order/20260801O000777/; s/100001311/100009999/; s/CI000[0-9]/&9/g" deploy/local/src/demo/known/member_order.json)
ask POST /v1/order/orders "$shop" "{\"orders\":[$theirs]}" | grep -q '"created":1' || fail "an order was not taken in"
ask POST /v1/member/withdrawalMemberOrderInfo "$admin" '{"mbrNo":"100009999"}' >/dev/null
# What follows an answer has happened when two looks are the same.
is_at_rest() { look >"$place/before" && sleep 1 && look | cmp -s - "$place/before"; }
within 20 is_at_rest || fail "the house does not come to rest"
grep -q '"claimStatCd":"30"' "$place/before" || fail "nothing was looked at: $(cat "$place/before")"

echo "restore-test: backing up"
if [ -z "$DB" ]; then
    if deploy/scripts/backup.sh "$place/too-early" 2>"$place/refused"; then fail "a running stack was copied file by file"; fi
    grep -q "stop it first" "$place/refused" || fail "the refusal is not clear: $(cat "$place/refused")"
    stop_stack
    deploy/scripts/backup.sh "$place/backup" || fail "no backup"
    start_stack
else
    deploy/scripts/backup.sh "$place/backup" || fail "no backup"
fi
if deploy/scripts/backup.sh "$place/backup" 2>/dev/null; then fail "a backup was written over"; fi
# What comes after the backup is lost with the rest.
ask POST /v1/customerservice/questionSave "$member" '{"cnslTypNo":"9090","title":"나중","accpCont":"나중"}' >/dev/null
look | cmp -s - "$place/before" && fail "nothing was different after the backup"

echo "restore-test: losing everything but the keys and the backup"
stop_stack
cp -r "$DATA_DIR/keys" "$place/keys"
"$bin/local-stack" reset || fail "reset failed"
mkdir -p "$DATA_DIR"
cp -r "$place/keys" "$DATA_DIR/keys"

echo "restore-test: a damaged backup is refused before anything is removed"
cp -r "$place/backup" "$place/damaged"
for file in "$place"/damaged/*; do printf x >>"$file"; done
if deploy/scripts/restore.sh "$place/damaged" 2>/dev/null; then fail "a damaged backup was restored"; fi

echo "restore-test: restoring"
deploy/scripts/restore.sh "$place/backup" || fail "no restore"
"$bin/local-stack" operator claim-service verify | tee "$place/verified" || fail "verify finds differences"
# The demo's nine and the cancel.
grep -q '^10 claims looked at, 0 differences$' "$place/verified" || fail "verify looked at something else"
# Each sealed text is opened to see whose key it has.
"$bin/local-stack" operator member-service reseal || fail "the archive can't be opened"
"$bin/local-stack" operator claim-service reseal || fail "refund accounts can't be opened"
start_stack
look >"$place/after"
diff "$place/before" "$place/after" || fail "the house answers otherwise than before"
stop_stack

if [ -n "$DB" ]; then
    echo "restore-test: each schema for itself, as where each has a database of its own"
    for schema in member cs_inquiry promotion claim; do
        SCHEMAS=$schema deploy/scripts/backup.sh "$place/parts/$schema" || fail "no backup of $schema"
    done
    psql --dbname="$DB" --no-psqlrc --quiet --command="SET client_min_messages = warning" --command="DROP SCHEMA claim CASCADE"
    if deploy/scripts/backup.sh "$place/half" 2>"$place/refused"; then fail "three schemas were taken for the whole"; fi
    grep -q '"claim"' "$place/refused" || fail "the refusal does not name the schema: $(cat "$place/refused")"
    [ ! -e "$place/half" ] || fail "half a backup was left"
    # The others are in the same database here, and must still be there afterwards.
    deploy/scripts/restore.sh "$place/parts/claim" || fail "no restore of claim alone"
    start_stack
    look >"$place/after"
    diff "$place/before" "$place/after" || fail "the house answers otherwise than before"
    stop_stack
    for schema in member cs_inquiry promotion claim; do
        deploy/scripts/restore.sh "$place/parts/$schema" || fail "no restore of $schema"
    done
    "$bin/local-stack" operator claim-service verify || fail "verify finds differences"
    start_stack
    look >"$place/after"
    diff "$place/before" "$place/after" || fail "the house answers otherwise than before"
    stop_stack
fi
echo "restore-test: fine on ${DB:-SQLite}"
