#!/usr/bin/env bash
# Prints the path of a server that speaks S3 (moto), which is installed once into an environment of its own in the cache.
set -euo pipefail
cd "$(dirname "$0")"

requirements="$PWD/s3-server.txt"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/registrar"
environment="$cache/s3-server-$(sha256sum "$requirements" | cut -c 1-12)"

if [ -n "${MOTO_SERVER_BINARY:-}" ]; then echo "$MOTO_SERVER_BINARY"; exit; fi
mkdir -p "$cache"
# Two test runs may install it at once.
exec 9> "$environment.lock"
flock 9
if [ ! -e "$environment/complete" ]; then
  missing=()
  python3 -c 'import ensurepip' 2> /dev/null || missing+=(python3-venv)
  [ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
  if [ ${#missing[@]} -gt 0 ]; then ./apt.sh "${missing[@]}" >&2; fi
  python3 -m venv --clear "$environment"
  fetch() { "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: -r "$requirements" >&2; }
  fetch || { sleep 20; fetch; }
  touch "$environment/complete"
fi
echo "$environment/bin/moto_server"
