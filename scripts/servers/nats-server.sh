#!/usr/bin/env bash
# Prints the path of a nats-server: NATS_SERVER_BINARY, or the one that is installed (with apt, where there is none).
set -euo pipefail

# Debian's is where only root looks.
PATH="$PATH:/usr/sbin:/usr/local/bin"
if [ -n "${NATS_SERVER_BINARY:-}" ]; then echo "$NATS_SERVER_BINARY"; exit; fi
if command -v nats-server; then exit; fi
"$(dirname "$0")/apt.sh" nats-server >&2
command -v nats-server
