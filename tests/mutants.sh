#!/bin/sh
# Mutation testing of the rules: mutmut wants all packages below one src, so they are copied to a tree of their own.
set -eu
root=$(pwd)
tree=.cache/mutants
rm -rf "$tree"
mkdir -p "$tree/src"
cp -r services/src/. ingest/src/. health-score/src/. alerts/src/. "$tree/src"
cp -r tests pyproject.toml "$tree"
cd "$tree"
"$root/.venv/bin/mutmut" run "$@"
"$root/.venv/bin/mutmut" results
