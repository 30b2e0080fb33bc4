#!/usr/bin/env bash
# Puts a backup in the place of what is there: restore.sh DIRECTORY
#
# With DB=postgres://… the schemas that the backup has, without it the SQLite files of DATA_DIR (.data); and the inquiries' files where the backup has them.
# All processes must be stopped. The keys must be those of the time of the backup, or later ones that still open what it holds.
set -euo pipefail
cd "$(dirname "$0")/../.."

from=${1:-}
data=${DATA_DIR:-.data}
attachments=${ATTACHMENTS:-$data/attachments}
fail() {
    echo "restore: $*" >&2
    exit 1
}

[ -f "$from/SHA256SUMS" ] || fail "${from:-nothing} is not a backup"
# Before anything is removed.
(cd "$from" && sha256sum --check --quiet SHA256SUMS) || fail "$from is damaged"

case ${DB:-} in
"")
    [ -f "$from/member.sqlite" ] || fail "$from is a backup of PostgreSQL: set DB"
    mkdir -p "$data"
    exec 9>>"$data/stack.lock"
    flock --nonblock 9 || fail "a stack runs on $data: stop it first"
    rm -f "$data"/*.sqlite*
    cp "$from"/*.sqlite* "$data/"
    ;;
*)
    [ -f "$from/order-aftercare.dump" ] || fail "$from is a backup of SQLite: unset DB"
    # Another service's schema in the same database stays.
    schemas=$(pg_restore --list "$from/order-aftercare.dump" | sed -n 's/^[0-9]*; [0-9]* [0-9]* SCHEMA - \([a-z_]*\) .*/\1/p' | paste -sd,)
    [ -n "$schemas" ] || fail "$from holds no schema"
    psql --dbname="$DB" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \
        --command="SET client_min_messages = warning" \
        --command="DROP SCHEMA IF EXISTS $schemas CASCADE"
    pg_restore --dbname="$DB" --no-owner --exit-on-error "$from/order-aftercare.dump"
    ;;
esac
if [ -f "$from/attachments.tar" ]; then
    rm -rf "$attachments"
    mkdir -p "$attachments"
    tar --extract --file="$from/attachments.tar" --directory="$attachments"
fi
echo "restore: $from is in place; start the processes, and run claim-service verify" >&2
