#!/usr/bin/env bash
# Proves the two commands of a newcomer in an empty Debian 12: only Python 3.11, git and make.
#
#   tools/bare_root.sh DIR [COMMAND...]      default: "make test" "make run"
#
# As root, with debootstrap installed. DIR is made when it does not exist, and kept; a second call
# clones the project anew into it. What is committed is tried, nothing else. MIRROR names a Debian
# mirror other than the machine's own; the machine's pip settings and certificates are lent.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2; }
root=$(realpath -m "$1")
shift
[ $# -gt 0 ] || set -- "make test" "make run"
source=$(cd "$(dirname "$0")/.." && pwd)

own_mirror() {
    # shellcheck disable=SC2016
    # apt fills these in
    apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
        sed -n 's/^bookworm //p' | head -n 1
}

if [ ! -e "$root/etc/debian_version" ]; then
    mirror=${MIRROR:-$(own_mirror)} # none found: debootstrap knows one
    debootstrap --variant=minbase --include=python3,git,make,ca-certificates \
        bookworm "$root" ${mirror:+"$mirror"} >/dev/null
fi

# The network's own ways: name server, certificates, package index.
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/machine.crt"
fi
index=$(python3 -m pip config get global.index-url 2>/dev/null || true)
printf '[global]\ncert = /etc/ssl/certs/machine.crt\n%s\n' "${index:+index-url = $index}" \
    >"$root/etc/pip.conf"

rm -rf "$root/project"
git clone -q "$source" "$root/project"
mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT
for command in "$@"; do
    echo "== $command"
    # An environment of its own: no display, no settings of the machine.
    env -i HOME=/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        chroot "$root" /bin/bash -c "cd /project && time $command"
done
