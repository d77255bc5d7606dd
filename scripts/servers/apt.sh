#!/usr/bin/env bash
# Installs Debian packages, as root or through sudo; mirrors that fail for a moment are asked once more.
set -euo pipefail

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo > /dev/null; then echo "root or sudo is needed to install: $*" >&2; exit 1; fi
  as_root=(sudo -n)
fi
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@"; }
install() { apt update && apt install -y --no-install-recommends "$@"; }

install "$@" && exit
echo "installing $* failed; once more in 20 s" >&2
sleep 20
install "$@"
