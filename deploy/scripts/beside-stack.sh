#!/usr/bin/env bash
# Commands without DB follow the stack that last ran, and nothing it keeps is open to others: beside-stack.sh [postgres://…]
#
# BIN_DIR says where the binaries are (target/debug).
set -euo pipefail
cd "$(dirname "$0")/../.."

# Where no password is asked for, any will do: nobody may find this one.
password=secret-of-the-database
export DB=${1:-} LOG=info
if [ -n "$DB" ]; then DB=$(sed -E "s#^([a-z]+://[^:/@?]*)(:[^/@?]*)?@#\1:$password@#" <<<"$DB"); fi
umask 022
source deploy/scripts/throwaway-stack.sh
said=$place/said

# A command as somebody gives it who has not said which database.
beside() { env -u DB "$bin/local-stack" "$@" 2>>"$said"; }
# With another database than the stack's.
elsewhere() { env DB=postgres://somebody:else@127.0.0.1:1/elsewhere "$@" 2>"$place/refused"; }
is_refused() {
    local what=$1
    shift
    if elsewhere "$@" >/dev/null; then fail "$what works on another database than the running stack's"; fi
    grep -q "leave DB out" "$place/refused" || fail "the refusal of $what is not clear: $(cat "$place/refused")"
    if grep -q "somebody\|else@" "$place/refused"; then fail "the refusal of $what shows who logs in"; fi
}
no_file_of_another_database() {
    [ -z "$DB" ] || [ -z "$(find "$DATA_DIR" -name '*.sqlite*' -print -quit)" ] || fail "$1 made SQLite files beside PostgreSQL"
}
vendor_status() {
    local body='{"perdType":"01","perdStrDts":"20260801","perdEndDts":"20260802"}'
    exec 3<>"/dev/tcp/127.0.0.1/$GATEWAY_PORT"
    printf 'POST /api/clm/cncl/ord/inquiry.ssg HTTP/1.0\r\nHost: a\r\nAuthorization: %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' \
        "$1" "${#body}" "$body" >&3
    head -n 1 <&3 | cut -d' ' -f2
    exec 3>&-
}
upload() {
    local line=$'\r\n'
    {
        for field in cnslTypNo=9090 title=photo accpCont=here; do
            printf -- '--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' "${field%=*}" "${field#*=}"
        done
        printf -- '--b\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        # One white point.
        base64 -d <<<'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
        printf '%s--b--%s' "$line" "$line"
    } >"$place/form"
    exec 3<>"/dev/tcp/127.0.0.1/$GATEWAY_PORT"
    {
        printf 'POST /v1/customerservice/questionSave HTTP/1.0\r\nHost: a\r\nAuthorization: Bearer %s\r\n' "$member"
        printf 'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: %s\r\n\r\n' "$(wc -c <"$place/form")"
        cat "$place/form"
    } >&3
    cat <&3
    exec 3>&-
}
open_to_others() { find "$DATA_DIR" "$NOTI_SINK" ! -type l -perm /077 -printf '%m %p\n'; }
is_closed() { [ -z "$(open_to_others)" ] || fail "$1, others may read: $(open_to_others)"; }
knows_the_password() { grep -rlF "$password" "$DATA_DIR" "$said" "$place/errors" "$place/ready" || true; }

echo "beside-stack: a directory of an earlier build, open to everybody, on ${1:-SQLite}"
mkdir -p "$DATA_DIR/logs"
touch "$DATA_DIR/logs/gateway.log.before" "$NOTI_SINK"
start_stack
member=$("$bin/local-stack" token ROLE=member SUB=100001311 GRADE=30)
upload | grep -q '"error":false' || fail "no upload: $(upload)"
ask POST /v1/member/nonMbrOrdPwd "$member" '{}' >/dev/null
[ -n "$(find "$DATA_DIR/attachments" -type f)" ] || fail "no attachment was stored"
is_closed "beside a running stack"

echo "beside-stack: commands without DB"
key=$(beside vendor-key ENTR=E0001) || fail "no vendor key: $(cat "$said")"
[ "$(vendor_status "$key")" != 401 ] || fail "the stack does not know its own vendor key"
[ "$(vendor_status "$key.")" = 401 ] || fail "the stack knows every vendor key"
beside operator claim-service vendor-key list E0001 | grep -q valid || fail "operator looks elsewhere"
beside purge-archive >/dev/null || fail "purge-archive: $(cat "$said")"
echo '{"goods":[]}' >"$place/empty.json"
beside load FILE="$place/empty.json" >/dev/null || fail "load: $(cat "$said")"
no_file_of_another_database "a command"
if [ -n "$DB" ]; then grep -q "on PostgreSQL at .*, as the stack" "$said" || fail "nobody says that PostgreSQL is followed"; fi

echo "beside-stack: commands for another database"
is_refused vendor-key "$bin/local-stack" vendor-key ENTR=E0001
is_refused purge-archive "$bin/local-stack" purge-archive
is_refused operator "$bin/local-stack" operator claim-service verify
is_refused load "$bin/local-stack" load FILE="$place/empty.json"
is_refused backup deploy/scripts/backup.sh "$place/nothing"
[ ! -e "$place/nothing" ] || fail "a refused backup left something"

echo "beside-stack: the same when it has stopped"
[ -n "$DB" ] || stop_stack
# What a program is started with is shown to everybody.
mkdir "$place/programs"
printf '#!/bin/sh\necho "$0" "$@" >>%q\nexec env PATH=${PATH#*:} "$(basename "$0")" "$@"\n' "$place/arguments" >"$place/programs/pg_dump"
chmod +x "$place/programs/pg_dump"
cp "$place/programs/pg_dump" "$place/programs/pg_restore"
cp "$place/programs/pg_dump" "$place/programs/psql"
watched() { env -u DB PATH="$place/programs:$PATH" "$@" 2>>"$said"; }
touch "$place/arguments"
mkdir -p "$place/backup"
watched deploy/scripts/backup.sh "$place/backup" || fail "no backup: $(cat "$said")"
[ -f "$place/backup/$(if [ -n "$DB" ]; then echo order-aftercare.dump; else echo member.sqlite; fi)" ] || fail "another database was kept"
[ -z "$(find "$place/backup" -perm /077)" ] || fail "others may read the backup"
[ -z "$DB" ] || stop_stack
beside operator claim-service vendor-key list E0001 | grep -q valid || fail "operator looks elsewhere once the stack has stopped"
is_closed "when the stack has stopped"
watched deploy/scripts/restore.sh "$place/backup" || fail "no restore: $(cat "$said")"
beside operator claim-service vendor-key list E0001 | grep -q valid || fail "the restore went elsewhere"
is_closed "after a restore"
no_file_of_another_database "a restore"
if grep -F "$password" "$place/arguments"; then fail "a password is an argument"; fi
if [ -n "$DB" ]; then
    [ "$(knows_the_password)" = "$DATA_DIR/database.url" ] || fail "the password is in $(knows_the_password)"
fi

echo "beside-stack: where none has run"
cp -r "$DATA_DIR/keys" "$place/keys"
beside reset || fail "reset failed"
[ ! -e "$DATA_DIR" ] || fail "reset left the data directory"
if [ -n "$DB" ]; then
    left=$(psql --no-psqlrc -Atqc "SELECT count(*) FROM pg_namespace WHERE nspname IN ('member', 'cs_inquiry', 'promotion', 'claim')" "$DB")
    [ "$left" = 0 ] || fail "reset left $left schemas of the stack that last ran"
fi
# As `make token` leaves it: keys and nothing else.
mkdir -p "$DATA_DIR"
cp -r "$place/keys" "$DATA_DIR/keys"
for command in "vendor-key ENTR=E0001" purge-archive "operator claim-service verify"; do
    # shellcheck disable=SC2086 # each word is an argument
    if env -u DB "$bin/local-stack" $command >/dev/null 2>"$place/refused"; then fail "$command works where no stack has run"; fi
    grep -q "make run" "$place/refused" || fail "the refusal of $command says not what to do: $(cat "$place/refused")"
done
[ "$(ls "$DATA_DIR")" = keys ] || fail "commands that were refused have made $(ls "$DATA_DIR")"
echo "beside-stack: fine on ${1:-SQLite}"
