"""What sort of file it is: the branch's client list, or contacts of a telephone or mail program.

Told by the headings, never by the name of the file.
"""
# The words are headings of foreign sheets.  # chinese: data

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from advisorcrm.i18n import N_
from advisorcrm.imports.header_search import Header
from advisorcrm.imports.raw_table import RawTable
from advisorcrm.rules.traditional import simplified
from advisorcrm.terms import Term

_BRANCH_KEYS = frozenset({"account", "client_no"})
_OUTLOOK = frozenset({
    "移动电话", "住宅电话", "商务电话", "商务传真", "单位主要电话", "助理的电话", "电子邮件地址",
    "电子邮件类型", "敏感度", "中文称谓", "英文称谓", "商务地址街道", "住宅地址街道",
    "其他地址街道", "tty/tdd电话", "无绳电话", "businessphone", "mobilephone", "homephone",
    "e-mailaddress", "businessstreet", "homestreet", "businessfax", "companymainphone",
    "assistant'sphone", "jobtitle", "tty/tddphone", "sensitivity",
    "行动电话", "住家电话", "住家传真", "公司代表线", "商务-街", "住家-街", "助理电话",
    "商务街道", "住宅街道",
})  # fmt: skip
_THUNDERBIRD = frozenset({
    "displayname", "primaryemail", "secondaryemail", "screenname", "pagernumber", "mobilenumber",
    "homezipcode", "workzipcode", "webpage1", "webpage2", "birthyear", "birthmonth", "custom1",
    "显示姓名", "显示名称", "主要电子邮件", "备用电子邮件", "聊天名", "传真号码", "寻呼机号码",
    "移动电话号码", "网页1", "网页2", "出生年份", "出生月份", "定制1",
})  # fmt: skip
_OURS = frozenset({"通讯录分组", "传真"})
"""Headings of cards, and so of their rows that were saved to be mended."""
_ENOUGH, _WITHOUT_DOUBT = 3, 8
_GOOGLE = re.compile(
    r"(?:e-?mail|phone|im|address|organization|website|event|relation|customfield)\d+-(?:label|type|value)"
    r"|groupmembership|yominame|phonetic(?:first|last)name|fileas"
)
_NAMES = frozenset({"name", "name_given", "name_family"})
_TELEPHONES = frozenset({"mobile", "phone", "landline"})


class SheetKind(Term):
    """As what a file was recognised."""

    CLIENT_LIST = "client_list", N_("客户名单")
    VCARD = "vcard", N_("手机通讯录 vCard")
    OUTLOOK = "outlook", N_("Outlook 通讯录")
    GOOGLE = "google", N_("Google 通讯录")
    QQ = "qq", N_("QQ同步助手通讯录")
    CONTACTS = "contacts", N_("通讯录")

    @property
    def is_contacts(self) -> bool:
        """Whether it holds people of an address book, not clients with accounts."""
        return self is not SheetKind.CLIENT_LIST


def sheet_kind(table: RawTable, header: Header, *, as_contacts: bool = False) -> SheetKind:
    """The kind of a table; ``as_contacts`` when the person says that it holds contacts."""
    if table.is_cards:
        return SheetKind.VCARD
    fields = {heading.field for heading in header.headings}
    words = [_word(heading.text) for heading in header.headings]
    like_outlook = len(_OUTLOOK.intersection(words))
    if like_outlook >= _WITHOUT_DOUBT:  # its 帐户 is none of the branch's accounts
        return SheetKind.OUTLOOK
    if fields & _BRANCH_KEYS:
        return SheetKind.CLIENT_LIST
    if _OURS.intersection(words) or len(_THUNDERBIRD.intersection(words)) >= _ENOUGH:
        return SheetKind.CONTACTS
    if any(_GOOGLE.fullmatch(word) for word in words):
        return SheetKind.GOOGLE
    if _is_qq(words, fields) and table.separator:
        return SheetKind.QQ
    if like_outlook >= _ENOUGH:
        return SheetKind.OUTLOOK
    return SheetKind.CONTACTS if as_contacts else SheetKind.CLIENT_LIST


def _is_qq(words: Iterable[str], fields: set[str]) -> bool:
    """QQ同步助手 ends its line of headings with a comma and writes the whole name into 名."""
    *_before, last = words
    return not last and bool(fields & _NAMES) and bool(fields & _TELEPHONES)


def _word(text: str) -> str:
    narrow = simplified(unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s_\ufeff]+", "", narrow).lower()
