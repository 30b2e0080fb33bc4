#!/usr/bin/env bash
# Makes the keys of a stack on this machine, once: make-keys.sh DIRECTORY
#
# The same files as the local stack makes for itself, for those who have no Rust toolchain. It needs openssl and nothing else.
set -euo pipefail
here=$(dirname "$0")
keys=${1:?make-keys.sh DIRECTORY}

if [ -d "$keys" ]; then exit 0; fi
umask 077
mkdir -p "$(dirname "$keys")"
# Beside their place and there at once, so that a run cut short never leaves half of them.
draft=$(mktemp -d "$(dirname "$keys")/keys.draft-XXXXXX")
trap 'rm -rf "$draft"' EXIT
# OpenSSL draws dots while it looks for primes.
quietly() {
    local said
    said=$("$@" 2>&1) || {
        echo "$said" >&2
        exit 1
    }
}
quietly openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$draft/local-issuer.pem"
quietly openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$draft/guest-issuer.pem"
for issuer in local-issuer guest-issuer; do
    "$here/key-set.sh" "$draft/$issuer.pem" >"$draft/$issuer.jwks.json"
done
for secret in internal.secret data.key; do
    openssl rand -base64 32 | tr -d '\n' >"$draft/$secret"
done
mv "$draft" "$keys"
