#!/usr/bin/env bash
# Fetches other people's modules for the desk as they were published, and notes what they are: vendor.sh
#
# For whoever raises a version: change it here, run this, look at the difference. Nobody else needs it, nor npm.
set -euo pipefail
cd "$(dirname "$0")/../.."

served=desk/web/vendor
# Looks at pages in tests; no page of ours holds it.
for_tests=stories/tests/it/desk/vendor

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# take FOLDER NAME VERSION FILE…
take() {
    local folder=$1/${2##*/} name=$2 version=$3 file tarball
    shift 3
    tarball=$(cd "$work" && npm pack --silent "$name@$version")
    tar -xzf "$work/$tarball" -C "$work"
    rm -rf "$folder"
    for file in "$@"; do
        install -D -m 644 "$work/package/$file" "$folder/$file"
    done
    rm -rf "$work/package"
}

# sums FOLDER
sums() {
    (cd "$1" && find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
}

take $served preact 11.2.0 dist/preact.mjs hooks/dist/hooks.mjs LICENSE
take $served @preact/signals 2.11.4 dist/signals.mjs LICENSE
take $served @preact/signals-core 1.14.5 dist/signals-core.mjs LICENSE
take $served htm 3.1.1 dist/htm.mjs LICENSE
take $served oauth4webapi 3.8.8 build/index.js LICENSE.md
sums $served

take $for_tests axe-core 4.14.1 axe.min.js LICENSE LICENSE-3RD-PARTY.txt
sums $for_tests
