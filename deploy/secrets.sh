#!/bin/sh
# Makes .env for docker-compose.yml, once: an API key and a database password that nobody else has.
set -eu
cd "$(dirname "$0")/.."
if [ -e .env ]; then
    echo ".env is there already; nothing is changed"
    exit 0
fi
random() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
umask 077
key="radar_$(random 6)_$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')"
printf 'RADAR_BOOTSTRAP_KEY=%s\nPOSTGRES_PASSWORD=%s\n' "$key" "$(random 16)" > .env
echo "Wrote .env. Your API key: $key"
