#!/usr/bin/env bash
# Measures the gateway against the proxies people would put in its place: HAProxy (plain, and verifying RS256 on every
# request) and nginx (plain, and with Lua and a cache of tokens). Same upstream, same tokens, same load generator, in turn,
# round after round; ratios are taken within a round. See bench/README.md.
#
#   bench/gateway/run.sh [--if-possible]
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/bench/gateway

rounds=${BENCH_ROUNDS:-5} seconds=${BENCH_SECONDS:-5} connections=${BENCH_CONNECTIONS:-64} tokens=${BENCH_TOKENS:-1000}

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS
deploy/scripts/need.sh compiler
if ! deploy/scripts/need.sh proxies; then
    if [ "${1:-}" = --if-possible ]; then
        echo "the proxies to measure the gateway against can't be installed here; left out"
        exit 0
    fi
    exit 1
fi
if [ -z "${BENCH_BUILT:-}" ]; then cargo build --release --locked -p gateway -p bench >&2; fi
release=$(realpath "${CARGO_TARGET_DIR:-target}/release")

place=$(mktemp -d "${TMPDIR:-/tmp}/gateway-bench.XXXXXX")
chmod 755 "$place"
children=()
stop() {
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Ports next to each other, and nobody else's.
base=$((RANDOM % 5000 + 22000))
upstream=$base ours=$((base + 1)) verify=$((base + 2)) plain=$((base + 3)) nginx=$((base + 4)) lua=$((base + 5))

"$release/gateway-tokens" "$place/keys" "$tokens" >"$place/tokens"
openssl pkey -in "$place/keys/local-issuer.pem" -pubout -out "$place/keys/public.pem"
chmod 755 "$place/keys" && chmod 644 "$place/keys/public.pem"

body='{"totalCount":1,"payload":"'$(printf 'x%.0s' $(seq 270))'"}'
fill() {
    sed -e "s|@DIR@|$place|g" -e "s|@UPSTREAM@|$upstream|g" -e "s|@KEYS@|$place/keys|g" -e "s|@HERE@|$here|g" \
        -e "s|@VERIFY@|$verify|g" -e "s|@PLAIN@|$plain|g" -e "s|@BODY@|$body|g" -e "s|@NAME@|${1:-}|g" \
        -e "s|@PORT@|${2:-}|g" -e "s|@LUA@|${1:-}|g" -e "s|@INIT@|${3:-}|g" -e "s|@ACCESS@|${4:-}|g"
}
fill <"$here/upstream.conf" >"$place/upstream.conf"
fill <"$here/haproxy.cfg" >"$place/haproxy.cfg"
fill plain "$nginx" <"$here/nginx.conf" >"$place/nginx-plain.conf"
fill lua "$lua" "init_by_lua_block { require('token').init('$place/keys/public.pem') }" \
    "access_by_lua_block { require('token').access() }" <"$here/nginx.conf" >"$place/nginx-lua.conf"

start() {
    "$@" >"$place/$(basename "$1")-$((${#children[@]})).out" 2>&1 &
    children+=($!)
}
start /usr/sbin/nginx -p "$place" -c "$place/upstream.conf" -e "$place/upstream.log"
start /usr/sbin/haproxy -db -f "$place/haproxy.cfg"
haproxy_pid=$!
start /usr/sbin/nginx -p "$place" -c "$place/nginx-plain.conf" -e "$place/nginx-plain.log"
nginx_pid=$!
start /usr/sbin/nginx -p "$place" -c "$place/nginx-lua.conf" -e "$place/nginx-lua.log"
lua_pid=$!
service=http://127.0.0.1:$upstream
issuers='[{"iss":"local","audience":"order-aftercare","algorithm":"RS256","roles":["member"],"jwks_file":"'$place'/keys/local-issuer.jwks.json"}]'
start env GATEWAY_HOST=127.0.0.1 GATEWAY_PORT="$ours" GATEWAY_RATE_LIMIT=0 GATEWAY_SERVER__WORKERS=2 \
    GATEWAY_LOG__FILTER=warn GATEWAY_ISSUERS="$issuers" GATEWAY_IDENTITY__SECRET=0123456789012345678901234567890123456789 \
    GATEWAY_UPSTREAMS__MEMBER_URL="$service" GATEWAY_UPSTREAMS__CS_INQUIRY_URL="$service" \
    GATEWAY_UPSTREAMS__PROMOTION_URL="$service" GATEWAY_UPSTREAMS__CLAIM_URL="$service" "$release/gateway"
ours_pid=$!

names=("gateway" "HAProxy, verifying" "HAProxy, plain" "nginx, plain" "nginx-lua, cached")
ports=("$ours" "$verify" "$plain" "$nginx" "$lua")
pids=("$ours_pid" "$haproxy_pid" "$haproxy_pid" "$nginx_pid" "$lua_pid")

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
for port in "$upstream" "${ports[@]}"; do
    for _ in $(seq 100); do
        if answers "$port"; then break; fi
        sleep 0.1
    done
    answers "$port" || { cat "$place"/*.out "$place"/*.log >&2; echo "bench: port $port does not answer" >&2; exit 1; }
done

# The status a door answers a token with.
status() {
    local line
    exec 3<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET /v1/customerservice/getQuestion HTTP/1.1\r\nHost: x\r\n%sConnection: close\r\n\r\n' \
        "${2:+Authorization: Bearer $2
}" | sed 's/\r*$/\r/' >&3
    IFS=' ' read -r _ line _ <&3
    exec 3>&-
    echo "$line"
}
# Nobody is measured who lets in whom it should not.
good=$(head -n 1 "$place/tokens")
expired=$("$release/gateway-tokens" "$place/keys" 1 expired)
tampered=${good%?????}AAAAA
for index in 0 1 4; do
    for case in "$good 200" " 401" "$tampered 401" "$expired 401"; do
        found=$(status "${ports[$index]}" "${case% *}")
        if [ "$found" != "${case##* }" ]; then
            echo "bench: ${names[$index]} answers $found instead of ${case##* }" >&2
            exit 1
        fi
    done
done

# Nanoseconds on a processor of all threads of a process and its children.
cpu() {
    local sum=0 pid spent
    for pid in "$1" $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
        for task in "/proc/$pid/task"/*; do
            read -r spent _ <"$task/schedstat" && sum=$((sum + spent))
        done
    done
    echo "$sum"
}
measure() {
    local before after figures
    before=$(cpu "${pids[$1]}")
    figures=$(wrk -t1 -c"$connections" -d"$2s" -s "$here/load.lua" "http://127.0.0.1:${ports[$1]}" -- "$place/tokens" |
        sed -n 's/^FIGURES //p')
    after=$(cpu "${pids[$1]}")
    # requests, microseconds, p50, p99, errors, nanoseconds of processor
    echo "$figures $((after - before))"
}

for index in "${!names[@]}"; do measure "$index" 2 >/dev/null; done
for ((round = 1; round <= rounds; round++)); do
    for index in "${!names[@]}"; do
        echo "$round $index $(measure "$index" "$seconds")" | tee -a "$place/figures" >&2
    done
done

# Added to a request by the door alone: one connection, against the upstream itself.
connections=1
ports+=("$upstream") pids+=("${children[0]}") names+=("upstream itself")
for index in 0 1 5; do echo "$index $(measure "$index" "$seconds")"; done >"$place/single"

awk -v rounds="$rounds" '
    function median(values, count,   i, j, swap) {
        for (i = 1; i <= count; i++) for (j = i + 1; j <= count; j++)
            if (values[j] < values[i]) { swap = values[i]; values[i] = values[j]; values[j] = swap }
        return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
    }
    function middle(table, who, base,   round, values) {
        for (round = 1; round <= rounds; round++)
            values[round] = base < 0 ? table[round, who] : table[round, who] / table[round, base]
        return median(values, rounds)
    }
    BEGIN {
        split("gateway|HAProxy, verifying|HAProxy, plain|nginx, plain|nginx-lua, cached", names, "|")
    }
    { rate[$1, $2] = $3 / $4 * 1e6; p50[$1, $2] = $5 / 1000; p99[$1, $2] = $6 / 1000; errors[$2] += $7; cpu[$1, $2] = $8 / $3 / 1000 }
    END {
        print "| | requests/s | p50 ms | p99 ms | CPU µs | requests/s of verifying | CPU of verifying | CPU of plain | CPU of nginx-lua | errors |"
        print "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
        for (who = 0; who < 5; who++)
            printf "| %s | %d | %.2f | %.2f | %.1f | %.2f | %.2f | %.2f | %.2f | %d |\n", names[who + 1], middle(rate, who, -1),
                middle(p50, who, -1), middle(p99, who, -1), middle(cpu, who, -1), middle(rate, who, 1), middle(cpu, who, 1),
                middle(cpu, who, 2), middle(cpu, who, 4), errors[who]
    }' "$place/figures"
awk '{ p50[$1] = $4 } END { printf "\nAdded p50 at one connection: gateway %d µs, HAProxy verifying %d µs, ratio %.2f\n",
    p50[0] - p50[5], p50[1] - p50[5], (p50[1] > p50[5] ? (p50[0] - p50[5]) / (p50[1] - p50[5]) : 0) }' "$place/single"
