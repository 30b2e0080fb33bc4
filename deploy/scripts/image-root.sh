#!/usr/bin/env bash
# Lays out what an image holds beside its base: image-root.sh NAME BINARY DIRECTORY [--whole]
#
# The base (distroless cc, Debian 12) has the C library and libgcc; libpq and all it needs is copied in. With --whole those of the
# base are copied too, so that the directory can be a root by itself.
set -euo pipefail

name=$1 binary=$2 root=$3 whole=${4:-}

# As the loader finds them, so that what is missing fails here and not in a cluster.
libraries() {
    local listing
    listing=$(ldd "$binary")
    if grep -q 'not found' <<<"$listing"; then
        echo "image-root.sh: $binary lacks libraries: $(grep 'not found' <<<"$listing")" >&2
        exit 1
    fi
    grep -o '/[^ ]*' <<<"$listing"
}

is_in_the_base() {
    case $(basename "$1") in
    libc.so.* | libm.so.* | libdl.so.* | librt.so.* | libpthread.so.* | libresolv.so.* | libnss_*.so.* | ld-linux*.so.* | libgcc_s.so.*)
        return 0
        ;;
    esac
    return 1
}

mkdir -p "$root/usr/local/bin"
install -m 0755 "$binary" "$root/usr/local/bin/$name"
found=$(libraries)
while read -r library; do
    if [ -n "$whole" ] || ! is_in_the_base "$library"; then
        mkdir -p "$root$(dirname "$library")"
        # The file itself: links lead nowhere in an image.
        cp --dereference "$library" "$root$library"
    fi
done <<<"$found"
