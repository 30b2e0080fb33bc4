#!/usr/bin/env bash
# Records a commit as the last release: record-release.sh COMMIT
#
# `make upgrade-check` runs its code on today's tables, and no migration it has may be changed any more.
set -euo pipefail
cd "$(dirname "$0")/../.."

commit=$(git rev-parse --verify "${1:?which commit?}^{commit}")
migrations() { git ls-tree -r --name-only "$commit" | grep -E '^(shared/db|services/[a-z-]+)/migrations/(sqlite|postgres)/'; }
migrations | while read -r path; do
    printf '%s  %s\n' "$(git show "$commit:$path" | sha256sum | cut -d' ' -f1)" "$path"
done >deploy/last-release.migrations
echo "$commit" >deploy/last-release
echo "record-release: $commit, $(wc -l <deploy/last-release.migrations) migrations" >&2
