#!/usr/bin/env bash
# Measures the gateway against the proxies people would put in its place: HAProxy (plain, and verifying RS256 on every
# request), nginx (plain, and with Lua and a cache of tokens), and Envoy where it can be had. Same upstream, same tokens,
# same load generator, in turn, round after round; ratios are taken within a round. Once with tokens that every cache has
# seen and once with tokens that none has. See bench/README.md.
#
#   bench/gateway/run.sh [--if-possible]
set -euo pipefail
cd "$(dirname "$0")/../.."
here=$PWD/bench/gateway

rounds=${BENCH_ROUNDS:-5} seconds=${BENCH_SECONDS:-5} connections=${BENCH_CONNECTIONS:-64} tokens=${BENCH_TOKENS:-1000}
# More than any cache that is asked about them holds: see below.
cold_tokens=20000

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
if [ -z "${BENCH_BUILT:-}" ]; then deploy/scripts/build.sh --whole; fi
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
ours_cold=$((base + 6)) envoy_port=$((base + 7)) envoy_cold=$((base + 8))

"$release/gateway-tokens" "$place/keys" "$tokens" >"$place/tokens"
"$release/gateway-tokens" "$place/keys" "$cold_tokens" >"$place/cold-tokens"
openssl pkey -in "$place/keys/local-issuer.pem" -pubout -out "$place/keys/public.pem"
chmod 755 "$place/keys" && chmod 644 "$place/keys/public.pem"

body='{"totalCount":1,"payload":"'$(printf 'x%.0s' $(seq 270))'"}'
fill() {
    sed -e "s|@DIR@|$place|g" -e "s|@UPSTREAM@|$upstream|g" -e "s|@KEYS@|$place/keys|g" -e "s|@HERE@|$here|g" \
        -e "s|@VERIFY@|$verify|g" -e "s|@PLAIN@|$plain|g" -e "s|@BODY@|$body|g" -e "s|@NAME@|${1:-}|g" \
        -e "s|@ENVOY@|$envoy_port|g" -e "s|@ENVOY_COLD@|$envoy_cold|g" \
        -e "s|@PORT@|${2:-}|g" -e "s|@LUA@|${1:-}|g" -e "s|@INIT@|${3:-}|g" -e "s|@ACCESS@|${4:-}|g"
}
fill <"$here/upstream.conf" >"$place/upstream.conf"
fill <"$here/haproxy.cfg" >"$place/haproxy.cfg"
fill <"$here/envoy.yaml" >"$place/envoy.yaml"
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
gateway_on() {
    start env GATEWAY_HOST=127.0.0.1 GATEWAY_PORT="$1" GATEWAY_RATE_LIMIT=0 GATEWAY_SERVER__WORKERS=2 \
        GATEWAY_TOKENS__CACHE_BYTES="$2" GATEWAY_LOG__FILTER=warn GATEWAY_ISSUERS="$issuers" \
        GATEWAY_IDENTITY__SECRET=0123456789012345678901234567890123456789 \
        GATEWAY_UPSTREAMS__MEMBER_URL="$service" GATEWAY_UPSTREAMS__CS_INQUIRY_URL="$service" \
        GATEWAY_UPSTREAMS__PROMOTION_URL="$service" GATEWAY_UPSTREAMS__CLAIM_URL="$service" "$release/gateway"
}
gateway_on "$ours" 33554432
ours_pid=$!
# Room for some twenty tokens: each of twenty thousand in turn pushes out one that is long forgotten when its turn comes.
gateway_on "$ours_cold" 65536
ours_cold_pid=$!

names=("gateway" "HAProxy, verifying" "HAProxy, plain" "nginx, plain" "nginx-lua, cached" "gateway, cold")
ports=("$ours" "$verify" "$plain" "$nginx" "$lua" "$ours_cold")
pids=("$ours_pid" "$haproxy_pid" "$haproxy_pid" "$nginx_pid" "$lua_pid" "$ours_cold_pid")
judges=(0 1 4 5) warm=(0 1 2 3 4) cold=(5 1)
if envoy=$("$here/envoy.sh"); then
    start "$envoy" --config-path "$place/envoy.yaml" --concurrency 2 --disable-hot-restart --log-level error
    envoy_pid=$!
    names+=("Envoy, cached" "Envoy, cold")
    ports+=("$envoy_port" "$envoy_cold")
    pids+=("$envoy_pid" "$envoy_pid")
    judges+=(6 7) warm+=(6) cold+=(7)
else
    echo "no Envoy can be had here; left out" >&2
fi

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
for index in "${judges[@]}"; do
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
# measure WHO SECONDS TOKENS
measure() {
    local before after figures
    before=$(cpu "${pids[$1]}")
    figures=$(wrk -t1 -c"$connections" -d"$2s" -s "$here/load.lua" "http://127.0.0.1:${ports[$1]}" -- "$3" |
        sed -n 's/^FIGURES //p')
    after=$(cpu "${pids[$1]}")
    # requests, microseconds, p50, p99, errors, nanoseconds of processor
    echo "$figures $((after - before))"
}

# contest TOKENS PLAIN LUA WHO …: everybody beside HAProxy, verifying, and beside those two if they are not -1.
contest() {
    local list=$1 plain=$2 lua=$3 index round
    shift 3
    for index in "$@"; do measure "$index" 2 "$list" >/dev/null; done
    : >"$place/figures"
    for ((round = 1; round <= rounds; round++)); do
        for index in "$@"; do
            echo "$round $index $(measure "$index" "$seconds" "$list") ${names[$index]}" | tee -a "$place/figures" >&2
        done
    done
    awk -v rounds="$rounds" -v verifying=1 -v plain="$plain" -v lua="$lua" -f "$here/table.awk" "$place/figures"
}

echo "Tokens that every cache has seen:"
echo
contest "$place/tokens" 2 4 "${warm[@]}"
echo
echo "Tokens that no cache has seen:"
echo
contest "$place/cold-tokens" -1 -1 "${cold[@]}"

# Added to a request by the door alone: one connection, against the upstream itself.
connections=1
ports+=("$upstream") pids+=("${children[0]}")
last=$((${#ports[@]} - 1))
for index in 0 1 "$last"; do echo "$index $(measure "$index" "$seconds" "$place/tokens")"; done >"$place/single"
awk -v base="$last" '{ p50[$1] = $4 } END { printf "\nAdded p50 at one connection: gateway %d µs, HAProxy verifying %d µs, ratio %.2f\n",
    p50[0] - p50[base], p50[1] - p50[base], (p50[1] > p50[base] ? (p50[0] - p50[base]) / (p50[1] - p50[base]) : 0) }' "$place/single"
