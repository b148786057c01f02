#!/bin/sh
# Checks what deploy/ and docker-compose.yml say, with the programs that will read them. No container engine needed.
# A program that is missing is had from Debian; where that can't be, the check is skipped aloud, or fails under CI=true.
set -eu
cd "$(dirname "$0")/.."
tools=.cache/tools
export PATH="$PWD/$tools/usr/bin:$PATH"

# Without an installation, no daemon gets started.
unpack() {
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    mkdir -p "$tools"
    (cd "$tools" && { apt-get download "$1" || { apt-get update && apt-get download "$1"; }; }) >/dev/null 2>&1 || return 1
    dpkg-deb -x "$tools/$1"_*.deb "$tools" && rm -f "$tools/$1"_*.deb
}

missing() {
    if [ "${CI:-}" = true ]; then
        echo "deploy: $1 is not to be had here, and CI must check with it" >&2
        exit 1
    fi
    echo "deploy: SKIPPED the check by $1: it is neither installed nor to be had from Debian's packages"
}

if command -v promtool >/dev/null || unpack prometheus; then
    promtool check config deploy/prometheus/prometheus.yml
    promtool test rules deploy/prometheus/alerts_test.yml
else
    missing promtool
fi

if docker compose version >/dev/null 2>&1; then
    docker compose config --quiet
    echo "deploy: docker compose accepts docker-compose.yml"
else
    command -v docker-compose >/dev/null || { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null &&
        { apt-get install -qq -y --no-install-recommends docker-compose ||
            { apt-get update && apt-get install -qq -y --no-install-recommends docker-compose; }; } >/dev/null 2>&1; } || true
    if command -v docker-compose >/dev/null; then
        docker-compose config --quiet
        echo "deploy: docker-compose accepts docker-compose.yml"
    else
        missing "docker compose"
    fi
fi

"${PYTHON:-.venv/bin/python}" deploy/check_dashboard.py
