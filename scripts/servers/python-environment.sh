#!/usr/bin/env bash
# python-environment.sh NAME PROGRAM: prints the path of a program of Python whose packages NAME.txt names. They are installed once
# into an environment of its own in the cache.
set -euo pipefail
cd "$(dirname "$0")"

requirements="$PWD/$1.txt"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/registrar"
environment="$cache/$1-$(sha256sum "$requirements" | cut -c 1-12)"

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
echo "$environment/bin/$2"
