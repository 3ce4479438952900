"""值班日志 with its 备忘录, one sheet a shift, as document, workbook or paper (R232, R233)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from sqlalchemy.orm import Session

from advisorcrm.columns import BRANCH_TIME, CodeBook, Column
from advisorcrm.exports.document import write_document
from advisorcrm.exports.files import write_bytes
from advisorcrm.exports.forms import Filling, fill
from advisorcrm.exports.imprint import Imprint, Leaving, take_imprint
from advisorcrm.exports.progress import Progress, unheard
from advisorcrm.exports.sheet import Sheet
from advisorcrm.exports.workbook import write_forms
from advisorcrm.rules.masking import mask_words
from advisorcrm.rules.shift_names import document_name
from advisorcrm.services.access import Actor
from advisorcrm.services.branch.code_lists import load_code_book
from advisorcrm.services.branch.settings import load_settings
from advisorcrm.services.days.shift_logs import ShiftRow, ShiftSheet, open_shift
from advisorcrm.services.days.shift_memos import MemoRow
from advisorcrm.terms import SHIFT_KIND, SHIFT_QUESTION, AccessKind, MemoState

FORM, SUBJECT, SUFFIX = "shift_log", "值班日志", ".docx"


@dataclass(frozen=True, slots=True)
class ShiftSheetRow:
    """The shift as the form shows it."""

    started: Annotated[str, Column("接班时间")]
    closed: Annotated[str, Column("交班时间")]
    content: Annotated[str, Column("值班日志")]


@dataclass(frozen=True, slots=True)
class MemoSheetRow:
    """One matter as the form shows it (R236)."""

    on: Annotated[str, Column("日期")]
    time: Annotated[str, Column("事发时间")]
    person: Annotated[str, Column("当事人姓名")]
    description: Annotated[str, Column("问题详细描述")]
    category: Annotated[str, Column("问题类别")]
    forwarded_to: Annotated[str, Column("转交")]
    outcome: Annotated[str, Column("处理情况")]


def file_stem(row: ShiftRow, book: CodeBook) -> str:
    """日期+班次+姓名, as the branch's instruction names the document (R232)."""
    return document_name(row.shift_on, book.label_zh(SHIFT_KIND, row.shift), row.user_name)


def register_shift_log(
    session: Session,
    actor: Actor,
    shift_id: int,
    *,
    now: datetime,
    kind: AccessKind = AccessKind.EXPORT,
) -> Imprint:
    """Demand the right and note in the access log what is about to leave; a write."""
    row = open_shift(session, actor, shift_id).row
    stem = file_stem(row, load_code_book(session, actor))
    return take_imprint(session, actor, Leaving(f"{SUBJECT} {stem}", kind), now=now)


def shift_log_sheet(
    session: Session,
    actor: Actor,
    shift_id: int,
    imprint: Imprint,
    *,
    progress: Progress = unheard,
) -> Sheet:
    """The filled form, its memos in the order of events; numbers in it are masked."""
    progress(0, 0)
    shift, book = open_shift(session, actor, shift_id), load_code_book(session, actor)
    words = imprint.words() | {
        "file_name": file_stem(shift.row, book),
        "shift_on": shift.row.shift_on.isoformat(),
        "shift": book.label_zh(SHIFT_KIND, shift.row.shift),
        "person": shift.row.user_name,
    }
    memos = [_memo(memo, book) for memo in shift.memos]
    return fill(FORM, Filling(words, book, _record(shift), {"memos": memos}))


def export_shift_log(
    session: Session,
    actor: Actor,
    shift_id: int,
    imprint: Imprint,
    path: Path,
    *,
    progress: Progress = unheard,
) -> int:
    """Write document or workbook, and a second copy into the person's folder (R233).

    Returns how many files were written. Raises UserError for a folder that is not there.
    """
    sheet = shift_log_sheet(session, actor, shift_id, imprint, progress=progress)
    if path.suffix.lower() == SUFFIX:
        write_document(path, sheet)
    else:
        write_forms(path, [sheet])
    folder = load_settings(session, actor).shift_copy_folder
    second = Path(folder) / path.name if folder else path
    if second.resolve() == path.resolve():
        return 1
    write_bytes(second, path.read_bytes())
    return 2


def _record(shift: ShiftSheet) -> ShiftSheetRow:
    return ShiftSheetRow(_instant(shift.row.started_at), _instant(shift.row.closed_at),
                         mask_words(shift.content))  # fmt: skip


def _memo(memo: MemoRow, book: CodeBook) -> MemoSheetRow:
    at = memo.happened_at.astimezone(BRANCH_TIME)
    is_nothing = memo.state is MemoState.NOTHING
    said = "" if is_nothing else memo.outcome or memo.state.label_zh
    return MemoSheetRow(
        at.date().isoformat(),
        "" if is_nothing else at.strftime("%H:%M"),
        memo.person,
        f"【紧急】{memo.description}" if memo.is_urgent else memo.description,
        book.label_zh(SHIFT_QUESTION, memo.category),
        memo.forwarded_to,
        said,
    )


def _instant(at: datetime | None) -> str:
    return at.astimezone(BRANCH_TIME).strftime("%Y-%m-%d %H:%M") if at else ""
