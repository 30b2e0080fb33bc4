#!/usr/bin/env bash
# Prints the public half of a signing key as a key set (JWKS): key-set.sh KEY.pem
#
# For ES256 (P-256) and RS256 keys. A key's name in the set is its RFC 7638 thumbprint. It needs openssl and nothing else.
set -euo pipefail

key=${1:?key-set.sh KEY.pem}

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
bytes_of_hex() { printf '%b' "$(sed 's/../\\x&/g')"; }
thumbprint() { printf '%s' "$1" | openssl dgst -sha256 -binary | base64url; }

description=$(openssl pkey -in "$key" -noout -text_pub)
case $description in
*prime256v1*)
    # The last 64 bytes of the public key are the two coordinates of its point.
    point() { openssl pkey -in "$key" -pubout -outform DER | tail -c 64; }
    x=$(point | head -c 32 | base64url)
    y=$(point | tail -c 32 | base64url)
    kid=$(thumbprint "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"$x\",\"y\":\"$y\"}")
    fields="\"kty\": \"EC\", \"crv\": \"P-256\", \"alg\": \"ES256\", \"x\": \"$x\", \"y\": \"$y\""
    ;;
*Modulus*)
    n=$(openssl rsa -in "$key" -noout -modulus 2>/dev/null | sed 's/^Modulus=//' | bytes_of_hex | base64url)
    exponent=$(sed -n 's/^Exponent: .*(0x\([0-9a-f]*\))$/\1/p' <<<"$description")
    if [ $((${#exponent} % 2)) -eq 1 ]; then exponent=0$exponent; fi
    e=$(printf '%s' "$exponent" | bytes_of_hex | base64url)
    kid=$(thumbprint "{\"e\":\"$e\",\"kty\":\"RSA\",\"n\":\"$n\"}")
    fields="\"kty\": \"RSA\", \"alg\": \"RS256\", \"n\": \"$n\", \"e\": \"$e\""
    ;;
*)
    echo "key-set.sh: $key is neither a P-256 nor an RSA key" >&2
    exit 1
    ;;
esac
printf '{"keys": [{%s, "use": "sig", "kid": "%s"}]}\n' "$fields" "$kid"
