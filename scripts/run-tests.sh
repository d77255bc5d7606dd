#!/bin/sh
# run-tests.sh all|servers [PART_OF_A_NAME...]: the tests, as a person reads them.
cd "$(dirname "$0")/.." || exit 1
node --enable-source-maps build/test/suite.js "$@" 2>&1 | node scripts/follow-tap.mjs
