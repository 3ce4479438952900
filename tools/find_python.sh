#!/usr/bin/env bash
# Prints the first Python 3.11 or newer; ADVISORCRM_PYTHON names another one.
set -euo pipefail

for candidate in "${ADVISORCRM_PYTHON:-}" python3 python python3.13 python3.12 python3.11 \
    /usr/bin/python3; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done
echo "Python 3.11 or newer was not found." >&2
exit 1
