#!/usr/bin/env bash
# Prints the path of a Chromium: CHROMIUM_BINARY, or the one that is installed (with apt, where there is none).
set -euo pipefail

if [ -n "${CHROMIUM_BINARY:-}" ]; then echo "$CHROMIUM_BINARY"; exit; fi
if command -v chromium; then exit; fi
"$(dirname "$0")/apt.sh" chromium >&2
command -v chromium
