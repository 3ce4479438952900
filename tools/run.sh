#!/usr/bin/env bash
# Opens the program; where there is no display, takes the tour and names what it left.
set -euo pipefail

cd "$(dirname "$0")/.."
python=.venv/bin/python

has_display() {
    [ "$(uname -s)" = Darwin ] && return 0
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
    # A variable may name a display that is gone; Qt would abort on it, here unheard.
    {
        (ulimit -c 0 && "$python" -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])')
    } >/dev/null 2>&1
}

if [ "${1:-}" != --tour ]; then
    if has_display; then
        exec "$python" -m advisorcrm
    fi
    echo "There is no display here: taking the tour instead."
fi
QT_QPA_PLATFORM=offscreen "$python" -m advisorcrm tour --out build/tour
echo "The tour left in build/tour:"
find build/tour -type f | sort | sed 's/^/  /'
