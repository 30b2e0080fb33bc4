#!/usr/bin/env bash
# Starts each process as an image would: a root directory with nothing but the program and what it links to, a user that owns none of
# it, and only the environment that is named here: bare-start.sh [postgres://…]
#
# BIN_DIR says where the binaries are (target/debug). Without root there is no other root directory, and an empty directory must do.
set -euo pipefail
cd "$(dirname "$0")/../.."

source deploy/scripts/within.sh

bin=${BIN_DIR:-${CARGO_TARGET_DIR:-target}/debug}
bin=$(realpath "$bin")
database=${1:-}
umask 022
place=$(mktemp -d)
chmod 755 "$place"
started=()
cleanup() {
    for pid in "${started[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
    rm -rf "$place"
}
trap cleanup EXIT
fail() {
    echo "bare-start: $*" >&2
    for log in "$place"/*.log; do echo "-- $log" >&2; tail -n 5 "$log" >&2; done
    exit 1
}
answer() {
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n' "$2" >&3
    cat <&3
    exec 3>&-
}
is_up() { answer "$1" "$2" 2>/dev/null | head -n 1 | grep -q ' 200 '; }

# Variables on standard input, one a line; then the program and its arguments.
in_a_bare_place() {
    local name=$1
    shift
    local -a variables=()
    mapfile -t variables
    if [ "$(id -u)" -eq 0 ]; then
        local root=$place/$name
        if [ ! -d "$root" ]; then
            deploy/scripts/image-root.sh "$name" "$bin/$name" "$root" --whole
            mkdir -p "$root/etc/ssl/certs" "$root/data"
            cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
            cp -r "$place/keys" "$root/keys"
            chown -R 65532:65532 "$root/data" "$root/keys"
        fi
        exec env -i "${variables[@]}" /usr/sbin/chroot --userspec=65532:65532 "$root" "/usr/local/bin/$name" "$@"
    fi
    mkdir -p "$place/$name/data"
    cd "$place/$name"
    exec env -i "${variables[@]}" "$bin/$name" "$@"
}
data() { if [ "$(id -u)" -eq 0 ]; then echo /data; else echo "$place/$1/data"; fi; }
keys() { if [ "$(id -u)" -eq 0 ]; then echo /keys; else echo "$place/keys"; fi; }

DATA_DIR=$place "$bin/local-stack" token ROLE=member SUB=1 >/dev/null
secret=$(cat "$place/keys/internal.secret")
data_key=$(cat "$place/keys/data.key")
first=$((RANDOM % 5000 + 20000))
declare -A prefix=([gateway]=GATEWAY [member-service]=MEMBER [cs-inquiry-service]=CS_INQUIRY [promotion-service]=PROMOTION [claim-service]=CLAIM)
declare -A port=([gateway]=$first [member-service]=$((first + 1)) [cs-inquiry-service]=$((first + 2)) [promotion-service]=$((first + 3)) [claim-service]=$((first + 4)))
url() { echo "http://127.0.0.1:${port[$1]}"; }

database_of() {
    local p=${prefix[$1]}
    if [ -n "$database" ]; then
        echo "${p}_DATABASE__URL=$database"
        echo "${p}_DATABASE__SCHEMA=bare_$(tr '-' '_' <<<"$1")"
    else
        echo "${p}_DATABASE__URL=sqlite://$(data "$1")/bare.sqlite"
    fi
}
settings_of() {
    local p=${prefix[$1]}
    echo "${p}_IDENTITY__SECRET=$secret"
    echo "${p}_TELEMETRY__METRICS_LISTEN=127.0.0.1:$((port[$1] + 100))"
    case $1 in
    gateway)
        echo "GATEWAY_PORT=${port[gateway]}"
        echo "GATEWAY_ISSUERS=[{\"iss\":\"member-service\",\"audience\":\"order-aftercare\",\"algorithm\":\"ES256\",\"jwks_file\":\"$(keys)/guest-issuer.jwks.json\",\"roles\":[\"guest\"]}]"
        echo "GATEWAY_UPSTREAMS__MEMBER_URL=$(url member-service)"
        echo "GATEWAY_UPSTREAMS__CS_INQUIRY_URL=$(url cs-inquiry-service)"
        echo "GATEWAY_UPSTREAMS__PROMOTION_URL=$(url promotion-service)"
        echo "GATEWAY_UPSTREAMS__CLAIM_URL=$(url claim-service)"
        return
        ;;
    member-service)
        echo "MEMBER_UPSTREAMS__CLAIM_URL=$(url claim-service)"
        echo "MEMBER_UPSTREAMS__INQUIRY_URL=$(url cs-inquiry-service)"
        echo "MEMBER_UPSTREAMS__PROMOTION_URL=$(url promotion-service)"
        echo "MEMBER_SECRETS__DATA_KEY=$data_key"
        echo "MEMBER_GUEST_TOKEN__KEY_FILE=$(keys)/guest-issuer.pem"
        echo "MEMBER_NOTIFICATION__SINK_FILE=$(data "$1")/sink.jsonl"
        ;;
    cs-inquiry-service)
        echo "CS_INQUIRY_UPSTREAMS__MEMBER_URL=$(url member-service)"
        echo "CS_INQUIRY_UPSTREAMS__CLAIM_URL=$(url claim-service)"
        echo "CS_INQUIRY_ATTACHMENT__DIRECTORY=$(data "$1")/attachments"
        ;;
    promotion-service)
        echo "PROMOTION_UPSTREAMS__INQUIRY_URL=$(url cs-inquiry-service)"
        ;;
    claim-service)
        echo "CLAIM_UPSTREAMS__MEMBER_URL=$(url member-service)"
        echo "CLAIM_UPSTREAMS__INQUIRY_URL=$(url cs-inquiry-service)"
        echo "CLAIM_UPSTREAMS__PROMOTION_URL=$(url promotion-service)"
        echo "CLAIM_SECRETS__DATA_KEY=$data_key"
        ;;
    esac
    echo "${p}_SERVER__PORT=${port[$1]}"
    database_of "$1"
}

for service in member-service cs-inquiry-service promotion-service claim-service; do
    for round in first second; do
        (database_of "$service" | in_a_bare_place "$service" migrate) >"$place/$service-migrate.log" 2>&1 ||
            fail "$service migrate failed the $round time"
    done
done
echo "bare-start: the migrations ran with nothing but a database, twice"

for process in member-service cs-inquiry-service promotion-service claim-service gateway; do
    settings_of "$process" >"$place/$process.env"
    in_a_bare_place "$process" <"$place/$process.env" >"$place/$process.log" 2>&1 &
    started+=($!)
done
for process in "${!port[@]}"; do
    within 300 is_up "${port[$process]}" /health/ready || fail "$process is not ready"
    is_up "${port[$process]}" /health/live || fail "$process is not alive"
    is_up $((port[$process] + 100)) /metrics || fail "$process shows no metrics"
    if is_up "${port[$process]}" /metrics; then fail "$process shows its metrics at its front door"; fi
done
# Operators give commands in a pod, beside the service and with its whole environment.
commands=("member-service digest-key" "member-service reseal" "member-service purge-archive" "cs-inquiry-service purge"
    "claim-service verify" "claim-service stuck" "claim-service reseal" "claim-service purge-archive" "claim-service policy list")
for command in "${commands[@]}"; do
    read -r service arguments <<<"$command"
    # shellcheck disable=SC2086 # each word is an argument
    (in_a_bare_place "$service" $arguments <"$place/$service.env") >"$place/$service-command.log" 2>&1 ||
        fail "$command failed beside the service"
done
# Whatever the umask of whoever starts them.
kept=("$place"/*/data/*)
[ -e "${kept[0]}" ] || fail "the processes keep nothing"
open=$(find "${kept[@]}" -perm /077 -printf '%m %p\n')
[ -z "$open" ] || fail "others may read $open"
for pid in "${started[@]}"; do kill -TERM "$pid"; done
for pid in "${started[@]}"; do wait "$pid" || fail "process $pid did not stop well"; done
started=()
echo "bare-start: five processes started from bare directories, were ready, let operators work beside them, and stopped well on ${database:-SQLite}"
