# Sourced with the arguments of a script that starts a house of its own and becomes its adversary: builds what BIN_DIR does not name, starts a
# throw-away PostgreSQL where no address of one is given, and exports BIN_DIR and DB.

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS

deploy/scripts/need.sh compiler libpq postgres
if [ -z "${BIN_DIR:-}" ]; then
    deploy/scripts/build.sh --whole
    BIN_DIR=${CARGO_TARGET_DIR:-target}/release
fi
export BIN_DIR DB=${1:-}
if [ -z "$DB" ]; then
    source deploy/scripts/throwaway-postgres.sh
    trap stop_postgres EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    start_postgres
    DB=$POSTGRES_URL
fi
