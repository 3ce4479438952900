"""Cells of an address book: nobody checked them, so nothing of them may cost the person.

A number that is no proper one is kept as it stands and told; what is no number at all goes into
the remarks. Labels (传真, 微信) stand in brackets behind a number and become the point's remark.
"""
# Lines of remarks are stored, and prescribed forms are Chinese.  # chinese: data

from __future__ import annotations

import re
from functools import partial

from advisorcrm.errors import InvalidFieldError
from advisorcrm.i18n import _
from advisorcrm.imports.cell_texts import clean_short
from advisorcrm.imports.cell_values import Cleaner, Values, text_of
from advisorcrm.imports.contact_labels import SEX_OF_COURTESY
from advisorcrm.imports.noted_emails import read_noted_emails
from advisorcrm.imports.raw_table import Cell
from advisorcrm.rules.noted_phones import read_noted_phones
from advisorcrm.rules.written_text import is_nothing, plain
from advisorcrm.services.files.client_checks import SHORT_TEXT, clean_email
from advisorcrm.terms import PointKind

Point = tuple[PointKind, str]
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SEVERAL = re.compile(r"\s*(?::::|\n)\s*")
_LABELLED = re.compile(r"(?P<value>.*\S)\s*[（(](?P<label>[^（）()]{1,40})[）)]", re.DOTALL)
_NUMBER_SIGNS = re.compile(r"[\d+()\-–—./#*\s,;pPwWxX转]+")
_FEWEST, _MOST = 3, 25
_EMAILS = re.compile(r"[;；,，、\s|]+|:::")
_NO_DATE = re.compile(r"[0\-/.\s]+")
_OWN_GROUPS = frozenset(
    {"mycontacts", "contacts", "starred", "starredinandroid", "联系人", "我的联系人", "所有联系人"}
)


def contact_cleaner(field: str) -> Cleaner | None:
    """The cleaner of a field in a file of contacts, where it differs from a client list's."""
    return _CLEANERS.get(field)


def _clean_phones(field: str, note: str, cell: Cell) -> object:
    if not note and isinstance(cell, str) and _PLAIN_MOBILE.fullmatch(cell):
        return ((PointKind.MOBILE, cell),)
    points: list[Point] = []
    notes: dict[str, str] = {}
    strange: list[str] = []
    doubtful = 0
    for part in _SEVERAL.split(text_of(cell)):
        found, is_sure = _numbers(field, part)
        points += [point for point, _about in found]
        doubtful += not is_sure and bool(found)
        notes.update((value, told) for (_kind, value), about in found if (told := about or note))
        if not found and not is_nothing(part):
            strange.append(f"电话：{part}")
    if not (notes or strange or doubtful):
        return tuple(points)
    about = _about_numbers(doubtful, len(strange))
    fields: list[tuple[str, object]] = [("points", points), ("point_notes", notes)]
    return Values((*fields, ("remark_lines", strange)), about)


def _labelled(part: str) -> tuple[str, str]:
    found = _LABELLED.fullmatch(part.strip())
    if found is None or not any(map(str.isalpha, found["label"])):
        return part, ""
    return found["value"], found["label"].strip()


def _numbers(field: str, part: str) -> tuple[list[tuple[Point, str]], bool]:
    """The points of one line with their labels, and whether every number is a proper one."""
    text, label = _labelled(part)
    try:
        read = read_noted_phones(text, field=field)
    except InvalidFieldError:
        narrow = plain(text).removeprefix("tel:")
    else:
        return [((phone.point_kind, phone.value), label or note) for phone, note in read], True
    kept = re.sub(r"[^\d+]", "", narrow)
    if not _NUMBER_SIGNS.fullmatch(narrow) or not _FEWEST <= len(kept) <= _MOST:
        return [], False
    return [((PointKind.LANDLINE, kept), label)], False


def _about_numbers(doubtful: int, strange: int) -> str:
    told = []
    if doubtful:
        told.append(_("有 {count} 个号码的位数不对，已照原样保留，请核对。").format(count=doubtful))
    if strange:
        told.append(_("有 {count} 处电话不是号码，已写入备注。").format(count=strange))
    return "".join(told)


def _clean_emails(cell: Cell) -> object:
    points: list[Point] = []
    notes: dict[str, str] = {}
    strange: list[str] = []
    for line in _SEVERAL.split(plain(text_of(cell))):
        noted = read_noted_emails(line)
        points += [(PointKind.EMAIL, address) for address in noted]
        notes |= {address: note for address, note in noted.items() if note}
        strange += [] if noted else _take_apart(line, points)
    if not (strange or notes):
        return tuple(points)
    about = _("有 {count} 个邮箱格式不对，已写入备注。").format(count=len(strange))
    fields = (("points", points), ("point_notes", notes), ("remark_lines", strange))
    return Values(fields, about if strange else "")


def _take_apart(text: str, points: list[Point]) -> list[str]:
    """Add the addresses among the words of a cell; returns lines about what is none."""
    strange: list[str] = []
    for part in _EMAILS.split(text):
        if is_nothing(part):
            continue
        try:
            points.append((PointKind.EMAIL, clean_email(part.removeprefix("mailto:"))))
        except InvalidFieldError:
            strange.append(f"邮箱：{part}")
    return strange


def _clean_messenger(kind: PointKind, cell: Cell) -> object:
    lines = (plain(line) for line in text_of(cell).splitlines())
    return tuple((kind, line[:60]) for line in lines if not is_nothing(line))


def _clean_line(field: str, cell: Cell) -> object:
    """A text on one line; what is too long for its field goes into the remarks as well."""
    text = " ".join(text_of(cell).split())
    if len(text) <= SHORT_TEXT:
        return clean_short(field, text)
    return Values(((field, text[:SHORT_TEXT]), ("remark_lines", [text])))


def _clean_courtesy(cell: Cell) -> object:
    """先生 and 女士 tell the sex; anything else is how the person is called."""
    text = plain(text_of(cell))
    sex = SEX_OF_COURTESY.get(text.lower().rstrip("."))
    if sex is not None:
        return Values((("sex", sex),))
    return None if is_nothing(text) else Values((("alias", text[:SHORT_TEXT]),))


def _clean_groups(cell: Cell) -> object:
    """The groups of the address book, without those that every contact is in."""
    words = re.split(r"\s*(?::::|[;；,，、\n])\s*", text_of(cell))
    words = [word.strip().lstrip("*").strip() for word in words]
    kept = [word for word in dict.fromkeys(words) if _is_group(word)]
    return _remark("分组：{text}", "、".join(kept))


def _is_group(word: str) -> bool:
    return not is_nothing(word) and re.sub(r"\s", "", word).lower() not in _OWN_GROUPS


def _clean_remark_line(form: str, cell: Cell) -> object:
    text = " ".join(text_of(cell).split())
    return None if _NO_DATE.fullmatch(text) or is_nothing(text) else _remark(form, text)


def _remark(form: str, text: str) -> object:
    return Values((("remark_lines", [form.format(text=text)]),)) if text else None


_CLEANERS: dict[str, Cleaner] = {
    "mobile": partial(_clean_phones, "mobile", ""),
    "landline": partial(_clean_phones, "landline", ""),
    "phone": partial(_clean_phones, "phone", ""),
    "fax": partial(_clean_phones, "fax", "传真"),
    "email": _clean_emails,
    "wechat": partial(_clean_messenger, PointKind.WECHAT),
    "qq": partial(_clean_messenger, PointKind.QQ),
    "courtesy": _clean_courtesy,
    "contact_groups": _clean_groups,
    "anniversary": partial(_clean_remark_line, "纪念日：{text}"),
    **{
        name: partial(_clean_line, name)
        for name in ("employer", "department", "family", "spouse", "children", "job_title",
                     "occupation", "alias", "hobbies", "address", "work_street", "work_city",
                     "work_province", "display_name")
    },
}  # fmt: skip
