# Sourced by scripts that work on the database of a stack.
#
# follow_stack DIRECTORY sets DB to the database of the stack that last ran there where none is given, and fails where one is given that is
# not the running stack's. split_password ADDRESS sets ADDRESS to it without the password, which goes to libpq as PGPASSWORD: arguments
# are shown to everybody on this machine.

# Host, port and database, without user and password, for people and for comparing.
place_of() {
    if ! [[ $1 =~ ^[a-z]+://([^/@?]*@)?([^/@?:]*)(:[0-9]+)?(/[^/@?]*)?(\?.*)?$ ]]; then
        echo "an address that can't be read"
        return
    fi
    local host=${BASH_REMATCH[2]}${BASH_REMATCH[3]:-:5432} name=${BASH_REMATCH[4]} query=${BASH_REMATCH[5]}
    # Of the parameters only those that name another place.
    query=$(tr '?&' '\n\n' <<<"$query" | grep -E '^(host|port|dbname)=' | paste -sd' ' || true)
    echo "$host$name${query:+ ($query)}"
}

follow_stack() {
    local data=$1 last=
    if [ -f "$data/database.url" ]; then last=$(cat "$data/database.url"); fi
    if [ -z "${DB:-}" ]; then
        case $last in postgres*)
            DB=$last
            echo "on PostgreSQL at $(place_of "$DB"), as the stack that last ran in $data" >&2
            ;;
        esac
    elif [ -n "$last" ] && [ "$(place_of "$DB")" != "$(place_of "$last")" ] && stack_runs "$data"; then
        echo "DB names $(place_of "$DB"), but the stack that runs in $data uses $(
            if [ "$last" = sqlite: ]; then echo SQLite; else place_of "$last"; fi
        ): leave DB out, or name the other stack's DATA_DIR" >&2
        return 1
    fi
}

# The stack holds this lock as long as it runs.
stack_runs() { [ -f "$1/stack.lock" ] && ! flock --nonblock --shared "$1/stack.lock" true; }

split_password() {
    ADDRESS=$1
    if [[ $ADDRESS =~ ^([a-z]+://[^/@:?]*):([^/?]*)@([^@]*)$ ]]; then
        ADDRESS=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
        password_is "${BASH_REMATCH[2]}"
    fi
    if [[ $ADDRESS =~ ^([^?]*)\?(.*&)?password=([^\&]*)(.*)$ ]]; then
        ADDRESS=${BASH_REMATCH[1]}?${BASH_REMATCH[2]}${BASH_REMATCH[4]#&}
        ADDRESS=${ADDRESS%[?&]}
        password_is "${BASH_REMATCH[3]}"
    fi
}
password_is() {
    # Percent-encoded in a URL, and a backslash is none of it.
    local text=${1//\\/\\\\}
    PGPASSWORD=$(printf '%b' "${text//%/\\x}")
    export PGPASSWORD
}
