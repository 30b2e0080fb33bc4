#!/usr/bin/env bash
# Makes sure that what the build, the tests and the benchmarks need is there: need.sh compiler|libpq|postgres|openssl|browser|proxies …
#
# On Debian and Ubuntu what is missing is installed, as root or where sudo asks no password.
# Elsewhere it says what is missing. Everything it prints goes to standard error.
set -euo pipefail
exec >&2

has() {
    case $1 in
    compiler) command -v cc >/dev/null ;;
    libpq) has_library libpq ;;
    postgres) [ -n "$(postgres_bin)" ] ;;
    # What makes keys where no program of ours does.
    openssl) command -v openssl >/dev/null ;;
    # What the desk's stories drive, and letters it can show.
    browser) command -v chromium >/dev/null && command -v chromedriver >/dev/null && [ -d /usr/share/fonts/truetype/nanum ] ;;
    # What the gateway is measured against, and with.
    proxies)
        [ -x /usr/sbin/haproxy ] && [ -x /usr/sbin/nginx ] && [ -e /usr/lib/nginx/modules/ngx_http_lua_module.so ] &&
            [ -e /usr/share/lua/5.1/resty/lrucache.lua ] && command -v wrk >/dev/null && command -v openssl >/dev/null
        ;;
    *)
        echo "need.sh: unknown need '$1'"
        exit 2
        ;;
    esac
}

# The linker is asked itself, because it decides in the end.
has_library() {
    local object
    object=$(mktemp)
    local found=1
    if echo 'int main(void){return 0;}' | cc -x c - -o "$object" "-l${1#lib}" 2>/dev/null; then
        found=0
    fi
    rm -f "$object"
    return $found
}

postgres_bin() {
    "$(dirname "$0")/postgres-bin.sh"
}

package_of() {
    case $1 in
    # The C library's headers come with it.
    compiler) echo build-essential ;;
    libpq) echo libpq-dev ;;
    postgres) echo postgresql ;;
    openssl) echo openssl ;;
    browser) echo chromium chromium-driver fonts-nanum ;;
    proxies) echo haproxy nginx-light libnginx-mod-http-lua lua-resty-core lua-resty-lrucache lua-cjson wrk openssl ;;
    esac
}

missing() {
    local need
    for need in "$@"; do
        has "$need" || echo "$need"
    done
}

if ! command -v cargo >/dev/null; then
    echo "cargo is missing: install a Rust toolchain (https://rustup.rs)"
    exit 1
fi

needs=("$@")
mapfile -t lacking < <(missing "${needs[@]}")
if [ ${#lacking[@]} -eq 0 ]; then
    exit 0
fi

packages=()
for need in "${lacking[@]}"; do
    read -ra of_need <<<"$(package_of "$need")"
    packages+=("${of_need[@]}")
done

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        echo "missing: ${lacking[*]}; as root: apt-get install ${packages[*]}"
        exit 1
    fi
fi
if ! command -v apt-get >/dev/null; then
    echo "missing: ${lacking[*]}. On Debian and Ubuntu these are the packages ${packages[*]}; install the like of them here."
    exit 1
fi

echo "installing ${packages[*]}"
# A test needs the server's programs only: no cluster is made and none is started.
if [[ " ${packages[*]} " == *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
fi
# Nothing that is installed here may start as a service.
policy=/usr/sbin/policy-rc.d
if [[ " ${packages[*]} " == *" haproxy "* ]] && [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
    "${as_root[@]}" chmod +x $policy
    trap '"${as_root[@]}" rm -f $policy' EXIT
fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
    -o Dpkg::Options::=--force-confold "${packages[@]}"

mapfile -t lacking < <(missing "${needs[@]}")
if [ ${#lacking[@]} -ne 0 ]; then
    echo "still missing after installing: ${lacking[*]}"
    exit 1
fi
