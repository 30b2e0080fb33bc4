# Sourced by scripts that start a stack of built binaries and look at it from outside, with no other tool than bash.
#
# start_stack starts it, stop_stack stops it, and it may start again on the same data. Everything lies in $place, which goes when the
# script ends. DB says which database, BIN_DIR where the binaries are (target/debug).

source deploy/scripts/within.sh

bin=${BIN_DIR:-${CARGO_TARGET_DIR:-target}/debug}
place=$(mktemp -d)
export DATA_DIR=$place/data NOTI_SINK=$place/sink.jsonl
export GATEWAY_PORT=$((RANDOM % 5000 + 15000))
gateway=http://127.0.0.1:$GATEWAY_PORT
stack=
touch "$place/ready" "$place/errors"

leave_stack() {
    if [ -n "$stack" ]; then
        kill -KILL "$stack" 2>/dev/null || true
        wait "$stack" 2>/dev/null || true
    fi
    rm -rf "$place"
}
trap leave_stack EXIT

fail() {
    echo "$(basename "$0" .sh): $*" >&2
    cat "$place/errors" >&2
    tail -n 20 "$DATA_DIR"/logs/*.log >&2 || true
    exit 1
}

is_ready() { grep -q "^ready $gateway\$" "$place/ready"; }
start_stack() {
    # Emptied before, not by the start: it would find the line of the start before.
    : >"$place/ready"
    "$bin/local-stack" run >"$place/ready" 2>>"$place/errors" &
    stack=$!
    within 1200 is_ready || fail "no ready line"
}
stop_stack() {
    local status=0
    kill -TERM "$stack"
    wait "$stack" || status=$?
    stack=
    [ "$status" -eq 0 ] || fail "stopping ended with $status"
}

# The body that the gateway answers with: ask METHOD PATH TOKEN [BODY]
ask() {
    local answer body=${4:-}
    exec 3<>"/dev/tcp/127.0.0.1/$GATEWAY_PORT"
    printf '%s %s HTTP/1.0\r\nHost: gateway\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
        "$1" "$2" "$3" "$(printf %s "$body" | wc -c)" "$body" >&3
    answer=$(cat <&3)
    exec 3>&-
    echo "${answer#*$'\r\n\r\n'}"
}
