#!/usr/bin/env bash
# Prints the path of a server that speaks S3 (moto), which is installed once: MOTO_SERVER_BINARY, or the one in the cache.
set -euo pipefail

if [ -n "${MOTO_SERVER_BINARY:-}" ]; then echo "$MOTO_SERVER_BINARY"; exit; fi
exec "$(dirname "$0")/python-environment.sh" s3-server moto_server
