#!/usr/bin/env bash
# Puts a backup in the place of what is there: restore.sh DIRECTORY
#
# With DB=postgres://… the schemas that the backup has; without it into what the stack used that last ran in DATA_DIR (.data): the same, or its
# SQLite files. And the inquiries' files where the backup has them.
# All processes must be stopped. The keys must be those of the time of the backup, or later ones that still open what it holds.
set -euo pipefail
cd "$(dirname "$0")/../.."
source deploy/scripts/database.sh
# What comes back is its owner's alone.
umask 077

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

given=${DB:-}
follow_stack "$data" || exit 1
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
    if [ ! -f "$from/order-aftercare.dump" ]; then
        [ -z "$given" ] || fail "$from is a backup of SQLite: unset DB"
        fail "$from is a backup of SQLite, and the stack of $data uses PostgreSQL: restore it with a DATA_DIR of its own"
    fi
    if stack_runs "$data"; then fail "a stack runs on $data: stop it first"; fi
    split_password "$DB"
    # Another service's schema in the same database stays.
    schemas=$(pg_restore --list "$from/order-aftercare.dump" | sed -n 's/^[0-9]*; [0-9]* [0-9]* SCHEMA - \([a-z_]*\) .*/\1/p' | paste -sd,)
    [ -n "$schemas" ] || fail "$from holds no schema"
    psql --dbname="$ADDRESS" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \
        --command="SET client_min_messages = warning" \
        --command="DROP SCHEMA IF EXISTS $schemas CASCADE"
    pg_restore --dbname="$ADDRESS" --no-owner --exit-on-error "$from/order-aftercare.dump"
    ;;
esac
if [ -f "$from/attachments.tar" ]; then
    rm -rf "$attachments"
    mkdir -p "$attachments"
    tar --extract --no-same-permissions --file="$from/attachments.tar" --directory="$attachments"
fi
echo "restore: $from is in place; start the processes, and run claim-service verify" >&2
