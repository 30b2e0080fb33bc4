#!/usr/bin/env bash
# Keeps what must be kept in a new directory: backup.sh DIRECTORY
#
# With DB=postgres://… the four schemas as of one moment, beside running processes; without it what the stack used that last ran in DATA_DIR
# (.data): the same, or its SQLite files, for which it must be stopped. The inquiries' files come along where they are in a directory: ATTACHMENTS (DATA_DIR/attachments).
# A database that has not all four is refused; where each service has one of its own, SCHEMAS names what is in this one.
# Keys are not in it: whoever has both has the archive of withdrawn members. It is its owner's alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
source deploy/scripts/database.sh
umask 077

to=${1:-}
data=${DATA_DIR:-.data}
attachments=${ATTACHMENTS:-$data/attachments}
schemas=${SCHEMAS:-member cs_inquiry promotion claim}
fail() {
    echo "backup: $*" >&2
    exit 1
}

[ -n "$to" ] || fail "where to? backup.sh DIRECTORY"
follow_stack "$data" || exit 1
mkdir -p "$to"
[ -z "$(ls -A "$to")" ] || fail "$to is not empty"
# One that was there may be open to others.
chmod go= "$to" || echo "backup: $to stays open to other users of this machine" >&2
# What was made and not finished shall not be taken for a backup.
finished=
trap '[ -n "$finished" ] || rm -rf "$to"' EXIT

case ${DB:-} in
"")
    [ -f "$data/member.sqlite" ] || fail "$data holds no stack's data"
    # The stack holds this lock as long as it runs.
    exec 9<"$data/stack.lock"
    flock --nonblock 9 || fail "a stack runs on $data: stop it first, or its four files would be of different moments"
    # With what a process that was killed has left in its log beside them.
    cp "$data"/*.sqlite* "$to/"
    ;;
*)
    split_password "$DB"
    read -ra names <<<"$schemas"
    # One snapshot for all of them: messages on their way are in an outbox and come again after a restore.
    pg_dump --dbname="$ADDRESS" --format=custom --no-owner --file="$to/order-aftercare.dump" --strict-names "${names[@]/#/--schema=}"
    ;;
esac
# After the database: a file nobody knows is harmless, one that is missing is not.
if [[ " $schemas " == *" cs_inquiry "* ]] && [ -d "$attachments" ]; then
    tar --create --file="$to/attachments.tar" --directory="$attachments" .
fi
(cd "$to" && sha256sum -- * >SHA256SUMS)
finished=yes
echo "backup: $(du -sh "$to" | cut -f1) in $to" >&2
