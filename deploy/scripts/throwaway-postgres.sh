# Sourced: start_postgres starts a throw-away PostgreSQL and sets POSTGRES_URL; stop_postgres removes it. Arguments are
# options of the server.
#
# It lies in a directory of its own, listens on a free port of 127.0.0.1, and forgoes every safety on disk.
# It must not run as root, so root lends it to the user postgres or nobody.

postgres_dir=
postgres_run=()

start_postgres() {
    local bin
    bin=$(deploy/scripts/postgres-bin.sh)
    postgres_dir=$(mktemp -d /tmp/throwaway-postgres.XXXXXX)
    if [ "$(id -u)" -eq 0 ]; then
        local owner=nobody
        if id postgres >/dev/null 2>&1; then owner=postgres; fi
        chown "$owner" "$postgres_dir"
        postgres_run=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups env "HOME=$postgres_dir")
    fi
    (
        # The programs want a working directory that they may enter.
        cd "$postgres_dir"
        "${postgres_run[@]}" "$bin/initdb" --pgdata="$postgres_dir/data" --username=test --auth=trust \
            --encoding=UTF8 --locale=C --no-sync >"$postgres_dir/initdb.log" 2>&1
    ) || {
        cat "$postgres_dir/initdb.log" >&2
        return 1
    }

    # A port that was free may be taken a moment later, so a few are tried.
    local port
    for _ in 1 2 3 4 5; do
        port=$((RANDOM % 10000 + 30000))
        if (
            cd "$postgres_dir"
            "${postgres_run[@]}" "$bin/pg_ctl" start --pgdata="$postgres_dir/data" --wait --silent \
                --log="$postgres_dir/postgres.log" --options="-p $port -h 127.0.0.1 -k $postgres_dir \
                -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 \
                -c shared_buffers=128MB $*"
        ) >/dev/null; then
            POSTGRES_URL="postgres://test@127.0.0.1:$port/postgres"
            return 0
        fi
    done
    cat "$postgres_dir/postgres.log" >&2
    return 1
}

stop_postgres() {
    if [ -n "$postgres_dir" ]; then
        local bin
        bin=$(deploy/scripts/postgres-bin.sh)
        (
            cd "$postgres_dir"
            "${postgres_run[@]}" "$bin/pg_ctl" stop --pgdata="$postgres_dir/data" --mode=immediate --silent
        ) >/dev/null 2>&1 || true
        rm -rf "$postgres_dir"
        postgres_dir=
    fi
}
