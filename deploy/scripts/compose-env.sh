#!/usr/bin/env bash
# Writes deploy/.env and deploy/.keys for deploy/compose.yaml, once. An .env that is there is left alone.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -e deploy/.env ]; then
    echo "deploy/.env is there already and stays as it is"
    exit 0
fi
# The keys of the local stack: the compose stack shares them, so that `make token` serves both.
keys=${DATA_DIR:-.data}/keys
deploy/scripts/make-keys.sh "$keys"
umask 077
# The processes are another user in their containers, and a mounted file keeps the mode it has here: everybody may read the files,
# and only their owner comes through the directory.
mkdir -p deploy/.keys
install -m 0644 "$keys/guest-issuer.pem" "$keys/guest-issuer.jwks.json" "$keys/local-issuer.jwks.json" deploy/.keys/
{
    echo "# Written by deploy/scripts/compose-env.sh. Not for production, and not for the repository."
    echo "POSTGRES_PASSWORD=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')"
    echo "INTERNAL_SECRET=$(cat "$keys/internal.secret")"
    echo "DATA_KEY=$(cat "$keys/data.key")"
} >deploy/.env
echo "deploy/.env and deploy/.keys are written"
