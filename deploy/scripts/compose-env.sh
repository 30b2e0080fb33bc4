#!/usr/bin/env bash
# Writes deploy/.env for deploy/compose.yaml: keys that exist nowhere else yet, made once. An .env that is there is left alone.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -e deploy/.env ]; then
    echo "deploy/.env is there already and stays as it is"
    exit 0
fi
# Making a token makes the keys of the local stack: the compose stack shares them, so that `make token` serves both.
deploy/scripts/stack.sh token ROLE=member SUB=1 >/dev/null
keys=${DATA_DIR:-.data}/keys
umask 077
{
    echo "# Written by deploy/scripts/compose-env.sh. Not for production, and not for the repository."
    echo "POSTGRES_PASSWORD=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')"
    echo "INTERNAL_SECRET=$(cat "$keys/internal.secret")"
    echo "DATA_KEY=$(cat "$keys/data.key")"
    echo "GUEST_ISSUER_PEM='$(cat "$keys/guest-issuer.pem")'"
    echo "GUEST_ISSUER_JWKS='$(tr -d '\n' <"$keys/guest-issuer.jwks.json")'"
    echo "LOCAL_ISSUER_JWKS='$(tr -d '\n' <"$keys/local-issuer.jwks.json")'"
} >deploy/.env
echo "deploy/.env is written"
