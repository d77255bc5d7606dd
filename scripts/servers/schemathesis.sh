#!/usr/bin/env bash
# Prints the path of Schemathesis, which is installed once: SCHEMATHESIS_BINARY, or the one in the cache.
set -euo pipefail

if [ -n "${SCHEMATHESIS_BINARY:-}" ]; then echo "$SCHEMATHESIS_BINARY"; exit; fi
exec "$(dirname "$0")/python-environment.sh" schemathesis schemathesis
