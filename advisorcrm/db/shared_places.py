"""Where a database file may not lie: folders that other computers write into (fault 11).

SQLite's locks do not hold on the disk of another computer, and a program that synchronises a folder
copies the file and its log at different moments: both have destroyed such files elsewhere. Copies
may go there; the database may not.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from advisorcrm.errors import SharedPlaceError
from advisorcrm.i18n import _

ALLOWED = "ADVISORCRM_ALLOW_SHARED_FOLDER"
"""Whoever sets this variable answers for it that one computer alone uses the file."""
_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = ("nfs", "cifs", "smb", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs",
           "fuse.sshfs", "fuse.davfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs",
           "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.curlftpfs")  # fmt: skip
_SYNCHRONISED = (  # chinese: data
    "onedrive", "dropbox", "nutstore", "我的坚果云", "坚果云", "icloud", "google drive",
    "googledrive", "baidusyncdisk", "百度网盘", "wpsdrive", "wps云盘", "syncthing", "nextcloud",
    "owncloud", "seafile",
)  # fmt: skip
_DRIVE_REMOTE = 4


def demand_own_disk(path: Path) -> None:
    """Raises SharedPlaceError for a file on another computer's disk or in a synchronised folder."""
    if os.environ.get(ALLOWED):
        return
    folder = Path(os.path.abspath(path)).resolve().parent  # noqa: PTH100 - what is not there, too
    if _is_remote(folder):
        raise SharedPlaceError(
            _(
                "{folder} 在网络共享盘上。数据库放在那里会损坏，没有打开也没有新建。"
                "请放到本机磁盘；多台电脑共用请改用数据库服务器。备份可以放在网络盘。"
            ).format(folder=folder)
        )
    if name := _synchronised(folder):
        raise SharedPlaceError(
            _(
                "{folder} 在会自动同步的文件夹（{name}）里。同步软件会损坏数据库，"
                "没有打开也没有新建。请放到不同步的文件夹；备份可以放在那里。"
            ).format(folder=folder, name=name)
        )


def _is_remote(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        if folder.drive.startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE)
    return _kind_of_disk(folder).startswith(_REMOTE)


def _kind_of_disk(folder: Path) -> str:
    """The file system of the mount a folder lies in; blank where the system does not tell."""
    found, longest = "", -1
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return found
    for line in lines:
        place, _dash, disk = line.partition(" - ")
        mount = Path(place.split(" ")[4].replace("\\040", " "))
        if folder.is_relative_to(mount) and len(mount.parts) >= longest:
            found, longest = disk.split(" ")[0], len(mount.parts)
    return found


def _synchronised(folder: Path) -> str:
    """The name of the folder, itself or above, that a program keeps equal elsewhere."""
    for part in folder.parts[1:]:
        if part.casefold().startswith(_SYNCHRONISED):
            return part
    return ""
