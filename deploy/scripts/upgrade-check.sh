#!/usr/bin/env bash
# Runs the last release's processes on today's tables, as a rollout and a rollback do: upgrade-check.sh [postgres://…]
#
# deploy/last-release names its commit; it is built beside this tree, with the dependencies this tree has built. Then today's services
# migrate, and the smoke run starts the last release's binaries on them.
# PROFILE is debug or release. Without a database a throw-away PostgreSQL is started.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Cargo would take make's job server for its own.
unset MAKEFLAGS MFLAGS

profile=${PROFILE:-debug}
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
commit=$(cat deploy/last-release)
place=$target/last-release
services=(member-service cs-inquiry-service promotion-service claim-service)
build=(cargo build --locked --workspace --all-features --bins --target-dir "$target")
cargo_profile=dev
if [ "$profile" = release ]; then
    build+=(--release)
    cargo_profile=release
fi

deploy/scripts/need.sh compiler libpq postgres
if ! git cat-file -e "$commit^{commit}" 2>/dev/null; then
    echo "upgrade-check: $commit is not in this repository's history: fetch it whole" >&2
    exit 1
fi

echo "upgrade-check: building the last release, $commit" >&2
rm -rf "$place"
git worktree prune
git worktree add --quiet --detach "$place/tree" "$commit"
leave() {
    git worktree remove --force "$place/tree" 2>/dev/null || true
    if declare -F stop_postgres >/dev/null; then stop_postgres; fi
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
# Cargo tells a crate of one tree from the same crate of the other by the age of its files alone, so neither may find the other's.
forget() { cargo clean --quiet --workspace --target-dir "$target" --profile "$cargo_profile"; }
forget
(cd "$place/tree" && "${build[@]}")
mkdir -p "$place/bin"
for binary in gateway local-stack "${services[@]}"; do cp "$target/$profile/$binary" "$place/bin/"; done
forget
"${build[@]}"

database=${1:-}
if [ -z "$database" ]; then
    source deploy/scripts/throwaway-postgres.sh
    start_postgres
    database=$POSTGRES_URL
fi

echo "upgrade-check: migrating with the new processes" >&2
declare -A prefix=([member-service]=MEMBER [cs-inquiry-service]=CS_INQUIRY [promotion-service]=PROMOTION [claim-service]=CLAIM)
declare -A schema=([member-service]=member [cs-inquiry-service]=cs_inquiry [promotion-service]=promotion [claim-service]=claim)
for service in "${services[@]}"; do
    env "${prefix[$service]}_DATABASE__URL=$database" "${prefix[$service]}_DATABASE__SCHEMA=${schema[$service]}" \
        "$target/$profile/$service" migrate
done

echo "upgrade-check: the last release serves on the new tables" >&2
BIN_DIR=$place/bin deploy/scripts/smoke.sh "$database"
echo "upgrade-check: fine; $(git log -1 --format='%h of %as' "$commit") runs on today's tables" >&2
