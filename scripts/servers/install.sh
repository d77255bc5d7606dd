#!/usr/bin/env bash
# Everything that `npm run test:servers` needs beside Node: on a machine that has it all it does nothing.
set -euo pipefail
cd "$(dirname "$0")"

command -v openssl > /dev/null || ./apt.sh openssl
nats_server="$(./nats-server.sh)"
"$nats_server" --version
mongod="$(./mongod.sh)"
"$mongod" --version | head -n 1
openssl version
schemathesis="$(./schemathesis.sh)"
"$schemathesis" --version
chromium="$(./chromium.sh)"
"$chromium" --version
stripe_mock="$(./stripe-mock.sh)"
"$stripe_mock" -version
s3_server="$(./s3-server.sh)"
"$s3_server" --help > /dev/null
echo "$s3_server"
