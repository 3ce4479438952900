"""Who a card is about: name, sex, relatives and other people who belong to the person."""
# The words are those of cards and of the cells they become.  # chinese: data

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from advisorcrm.imports.contact_labels import FAMILY, SEX_OF_COURTESY, label_shown
from advisorcrm.imports.vcard_lines import Property
from advisorcrm.imports.vcard_points import label_of
from advisorcrm.imports.vcard_values import android_lines, first_filled, parts_of, text_of
from advisorcrm.rules.written_text import HAN, has_han, is_nothing
from advisorcrm.terms import Sex

_HAN_ONLY = re.compile(rf"[{HAN}·\s]+")
_NUMBER = re.compile(r"[+\d()\-\s*#.]{5,}")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_NO_NAMES = frozenset({"无姓名", "未命名", "无名称", "未知联系人", "noname", "unnamed", "unknown"})
"""What telephones show for a contact without a name, and write as one."""
_SEXES = {"m": "男", "male": "男", "男": "男", "f": "女", "female": "女", "女": "女"}
_WINDOWS_SEXES = {"1": "女", "2": "男"}
_RELATION_TYPES = frozenset({"SPOUSE", "CHILD", "PARENT", "SIBLING", "KIN", "FRIEND"})
_ANDROID_RELATIONS = {
    "2": "brother", "3": "child", "4": "partner", "5": "father", "6": "friend", "7": "manager",
    "8": "mother", "9": "parent", "10": "partner", "11": "referredby", "12": "relative",
    "13": "sister", "14": "spouse", "1": "assistant",
}  # fmt: skip
_NAMED_RELATIONS = {"SPOUSE": "spouse", "CHILD": "child", "MANAGER": "manager",
                    "ASSISTANT": "assistant"}  # fmt: skip
"""Words in names of properties: ``X-EVOLUTION-SPOUSE``, ``X-MS-CHILD``."""


def name_of(formatted: str, parts: Sequence[str]) -> str:
    """The name of the person, empty where the card has none but a number or an address."""
    family, given, middle, prefix, suffix = (*parts, *[""] * 5)[:5]
    whole = " ".join(formatted.split())
    if _is_no_name(whole):
        whole = ""
    if has_han(family + given):
        together = f"{family}{middle}{given}"
        is_reversed = _HAN_ONLY.fullmatch(whole) and " " in whole
        return "".join(together.split()) if not whole or is_reversed else whole
    if whole:
        return "".join(whole.split()) if _HAN_ONLY.fullmatch(whole) else whole
    spelt = " ".join(part for part in (prefix, given, middle, family, suffix) if part.strip())
    return "" if _is_no_name(spelt) else " ".join(spelt.split())


def _is_no_name(text: str) -> bool:
    """A number, an address, a stroke or 未命名: what stands where there is no name."""
    if _NUMBER.fullmatch(text) or _EMAIL.fullmatch(text) or is_nothing(text):
        return True
    bare = "".join(sign for sign in text if unicodedata.category(sign)[0] not in "PZ")
    return not bare or bare.lower() in _NO_NAMES


def sex_of(found: Iterable[Property], courtesies: Iterable[str] = ()) -> str:
    """男, 女, or nothing; 先生 and 女士 beside a name tell it as well."""
    for one in found:
        word = parts_of(one)[0].lower()
        table = _WINDOWS_SEXES if one.name == "X-WAB-GENDER" else _SEXES
        if word in table:
            return table[word]
    for courtesy in courtesies:
        sex = SEX_OF_COURTESY.get(courtesy.strip().lower().rstrip("."))
        if sex is not None:
            return "男" if sex is Sex.MALE else "女"
    return ""


def family_of(found: Iterable[Property], labels: Mapping[str, str]) -> str:
    """``配偶 样乙；子女 样小甲``: the relatives among those who belong to the person."""
    told = [f"{kind} {name}" for kind, name in _kinds(found, labels) if kind in FAMILY]
    return "；".join(dict.fromkeys(told))


def related_people(found: Iterable[Property], labels: Mapping[str, str]) -> str:
    """``样丙（上级）、…``: the others who belong to the person, for the remarks."""
    told = [
        f"{name}（{kind}）" if kind else name
        for kind, name in _kinds(found, labels)
        if kind not in FAMILY
    ]
    return "、".join(dict.fromkeys(told))


def _kinds(found: Iterable[Property], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    told = []
    for one in found:
        if one.name == "X-ANDROID-CUSTOM":
            told += _of_android(one)
            continue
        typed = first_filled(sorted(one.types & _RELATION_TYPES))
        named = next((kind for word, kind in _NAMED_RELATIONS.items() if word in one.name), "")
        kind = label_shown(named) or label_of(one, labels) or label_shown(typed)
        name = " ".join(text_of(one).split())
        if name and not name.lower().startswith("urn:"):
            told.append((kind, name))
    return told


def _of_android(found: Property) -> list[tuple[str, str]]:
    """``vnd.android.cursor.item/relation;样乙;14``: the number tells who that is."""
    return [
        (label_shown(_ANDROID_RELATIONS.get(number, "")), name.strip())
        for kind, (name, number, _label) in android_lines((found,))
        if kind == "relation" and name.strip()
    ]


def custom_of(found: Iterable[Property], wanted: str) -> str:
    """What Android hides in ``X-ANDROID-CUSTOM`` under that kind: nickname, gender."""
    return first_filled(value for kind, (value, *_rest) in android_lines(found) if kind == wanted)
