#!/usr/bin/env bash
# Makes .venv, anew when the Python it was made with is gone or a first attempt broke off.
set -euo pipefail

cd "$(dirname "$0")/.."
if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    exit 0
fi
python=$(tools/find_python.sh)
echo "Making .venv with $("$python" --version)"
"$python" -m venv --clear .venv
