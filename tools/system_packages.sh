#!/usr/bin/env bash
# Installs what the program needs from Debian, and only what is missing.
# A second run finds nothing to do, asks nothing and needs no rights.
# Elsewhere (macOS, Windows, other distributions) it only says what it leaves to the reader.
set -euo pipefail

# Qt without a screen; the fonts for Chinese; pdftoppm, by which tests look at printed pages.
wanted=(libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3
        fonts-noto-cjk poppler-utils ca-certificates)
# Qt on a screen and with a printer.
wanted+=(libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
         libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1
         libxcb-sync1 libxcb-xfixes0 libxcb-shm0 libcups2)

if ! command -v dpkg-query >/dev/null; then
    echo "No Debian package manager here: Qt's libraries and a Chinese font are taken as present."
    exit 0
fi

present=" $(dpkg-query -W -f '${Status} ${Package}\n' |
    sed -n 's/^install ok installed //p' | tr '\n' ' ') "
installed() { # the plain name, or the one with the suffix of newer releases
    [[ $present == *" $1 "* || $present == *" $1t64 "* ]]
}

missing=()
for package in "${wanted[@]}"; do
    installed "$package" || missing+=("$package")
done
here=$(cd "$(dirname "$0")" && pwd)
if ! python=$("$here/find_python.sh" 2>/dev/null); then
    missing+=(python3 python3-venv)
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian keeps venv apart, one package for each version.
    missing+=("$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
fi
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "These packages are missing; install them as root, then try again:" >&2
        echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing system packages: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
