"""How a block or a whole-day note looks and what it says: tone, icon, two lines."""

from __future__ import annotations

from collections.abc import Callable

from advisorcrm import terms
from advisorcrm.columns import CodeBook
from advisorcrm.i18n import _, ngettext
from advisorcrm.rules.masking import mask_name
from advisorcrm.services.calendar.calendars import CalendarBlock, DayNote, NoteKind
from advisorcrm.terms import AppointmentKind
from advisorcrm.views.contacts.ways import way_icon

NOTE_TONES = {NoteKind.DEADLINE: ("warn", "warn_soft"), NoteKind.BIRTHDAY: ("ok", "ok_soft")}
_TONES = {
    AppointmentKind.MEETING: ("accent", "accent_soft"),
    AppointmentKind.CALL: ("ok", "ok_soft"),
    AppointmentKind.ROUTINE: ("text2", "sunken"),
}

_LEGIBLE = 3
"""So many characters say something of a text that is cut; fewer only take room."""


def block_tones(block: CalendarBlock) -> tuple[str, str]:
    """Colour of the bar and of the ground; what is done is grey."""
    return _TONES[AppointmentKind.ROUTINE if block.is_done else block.kind]


def block_icon(block: CalendarBlock) -> str:
    """Never colour alone: done, inside, or the way."""
    if block.is_done:
        return "circle-check"
    return "users" if block.way is None else way_icon(block.way)


def block_who(block: CalendarBlock, *, is_private: bool) -> str:
    """``陈国梁``, or what it is about: where the icon alone has room to tell the way."""
    name = mask_name(block.client_name) if is_private else block.client_name
    return name or block.title


def block_head(block: CalendarBlock, book: CodeBook, *, is_private: bool) -> str:
    """``陈国梁 面谈``, or what it is about."""
    way = book.label(terms.CONTACT_WAY, block.way) if block.way else ""
    return " ".join(part for part in (block_who(block, is_private=is_private), way) if part)


def block_remark(block: CalendarBlock) -> str:
    """``9:30 2 室 · 持仓调整``, ``10:12 已记 4 分钟``."""
    at = block.slot.starts
    clock = f"{at.hour}:{at:%M}"
    if block.is_done and block.done_minutes:
        told = ngettext("已记 {count} 分钟", "已记 {count} 分钟", block.done_minutes)
        return f"{clock} {told.format(count=block.done_minutes)}"
    if block.is_done:
        return _("{clock} 已完成").format(clock=clock)
    place = block.appointment.place if block.appointment else ""
    about = block.title if block.client_name else ""
    rest = " · ".join(part for part in (place, about) if part)
    return f"{clock} {rest}".strip()


def low_line(head: str, rest: str, fits: Callable[[str], bool]) -> str:
    """The one line of half an hour; what it is about where more than a beginning is legible."""
    begun = rest if len(rest) <= _LEGIBLE else f"{rest[:_LEGIBLE]}…"
    return f"{head} · {rest}" if rest and fits(f"{head} · {begun}") else head


def note_text(note: DayNote, *, is_private: bool) -> str:
    """``孙晓彤 证件到期``."""
    name = mask_name(note.client_name) if is_private and note.client_id else note.client_name
    return " ".join(part for part in (name, note.words) if part)
