"""Putting the newest sound copy in the place of a lost or damaged database.

By somebody whose password opens the copy; a sound database gives way only to who may back it up.
What lay in the place is put aside in a folder of its own and never deleted, so that it can still
be salvaged.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from advisorcrm.db.copies import by_content, check_file
from advisorcrm.db.copy_places import copies_of
from advisorcrm.db.durable import flush_file, flush_folder, take_place
from advisorcrm.db.holders import demand_closed
from advisorcrm.db.keys import KeyCost, Vault, vault_path
from advisorcrm.errors import DatabaseDamagedError, NotFoundError, SystemTroubleError, UserError
from advisorcrm.i18n import _
from advisorcrm.private_files import noted_draft
from advisorcrm.services.access import Right, demand
from advisorcrm.services.branch.users import clean_employee_no
from advisorcrm.services.workplace.desk import PASSWORD_COST, sign_in

_BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """The copy that stands in the place now, and where the old files lie."""

    copy: Path
    aside: Path


def restore_copy(
    database: Path,
    employee_no: str,
    password: str,
    *,
    now: datetime,
    copy: Path | None = None,
    cost: KeyCost = PASSWORD_COST,
) -> Restored:
    """Put a copy, or the newest sound one, in the place of a database that may be sound itself.

    Raises NotAllowedError for a sound database and who may not back it up, DatabaseDamagedError
    for a copy that does not pass its check, DatabaseBusyError while a window has it open, and
    what ``restore_newest`` raises.
    """
    with suppress(DatabaseDamagedError):
        opened = sign_in(str(database), employee_no, password, now=now, cost=cost)
        opened.close()
        demand(opened.actor, Right.BACK_UP)
    if copy is None:
        return restore_newest(database, employee_no, password, now=now, cost=cost)
    if not copy.is_file():
        raise NotFoundError(_("找不到备份 {path}，请核对位置。").format(path=copy))
    vault = _first_readable([vault_path(database), vault_path(copy)], cost)
    key = vault.unlock(clean_employee_no(employee_no), password, now=now)
    check_file(copy, key)
    return Restored(copy, _put_in_place(database, copy, vault.path, now))


def restore_newest(
    database: Path,
    employee_no: str,
    password: str,
    *,
    now: datetime,
    cost: KeyCost = PASSWORD_COST,
) -> Restored:
    """Put the newest copy that passes its check in the place of the database (fault 6).

    The vault of today is kept while it can be read, so that newer passwords hold. Raises
    SignInError for a wrong password, NotFoundError where no copy is sound, UserError where the
    folder cannot be written; then everything is as it was.
    """
    copies = copies_of(database)
    vault = _first_readable([vault_path(database), *map(vault_path, copies)], cost)
    key = vault.unlock(clean_employee_no(employee_no), password, now=now)
    for copy in by_content(copies, key):
        with suppress(DatabaseDamagedError):
            check_file(copy, key)
            return Restored(copy, _put_in_place(database, copy, vault.path, now))
    raise NotFoundError(_("没有一份备份通过完整性检查，原来的文件没有动。请找系统管理员。"))


def _first_readable(vaults: list[Path], cost: KeyCost) -> Vault:
    for path in vaults:
        with suppress(SystemTroubleError):
            return Vault.load(path, cost)
    raise NotFoundError(_("没有可用的备份和密钥文件。请找系统管理员。"))


def _put_in_place(database: Path, copy: Path, vault: Path, now: datetime) -> Path:
    """Copy first, then change the names: a full disk or a kill leaves the old or the new.

    The vault of today is never absent: whoever is stopped half way finds no database, says so,
    and asks again.
    """
    demand_closed(database)
    aside = _free_folder(database, now)
    drafts = [database.with_name(f".advisorcrm-{database.name}{end}") for end in ("", ".vault")]
    try:
        with noted_draft(drafts[0]), noted_draft(drafts[1]):
            for source, draft in zip((copy, vault), drafts, strict=True):
                shutil.copyfile(source, draft)
                flush_file(draft)
            _put_aside(database, aside)
            take_place(drafts[1], vault_path(database))
            take_place(drafts[0], database)
            flush_folder(database.parent)
    except OSError as error:
        _put_back(database, aside)
        raise UserError(
            _("没有恢复：{folder} 无法写入。请检查文件夹和磁盘空间后再试。").format(
                folder=database.parent
            )
        ) from error
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
    return aside


def _put_aside(database: Path, aside: Path) -> None:
    """Move what lies there away; first the file, for without its log it would lack saves."""
    aside.mkdir()
    if vault_path(database).is_file():
        shutil.copyfile(vault_path(database), aside / vault_path(database).name)
    for suffix in _BESIDE:
        path = database.with_name(database.name + suffix)
        if path.exists():
            path.replace(aside / path.name)


def _put_back(database: Path, aside: Path) -> None:
    """Nothing came in the place of what was put aside: let it lie where it lay."""
    if database.exists():
        return
    with suppress(OSError):
        for suffix in reversed(_BESIDE):  # the file last: it is found again only with its log
            moved = aside / (database.name + suffix)
            if moved.exists():
                moved.replace(database.with_name(moved.name))
        shutil.rmtree(aside)


def _free_folder(database: Path, now: datetime) -> Path:
    """A name for what is put aside, also a second time within a second."""
    wanted = database.with_name(f"{database.stem}-replaced-{now:%Y%m%d-%H%M%S}")
    further = (wanted.with_name(f"{wanted.name}-{place}") for place in count(2))
    return next(folder for folder in chain((wanted,), further) if not folder.exists())
