"""Which rows of a sheet are clients: no titles, blanks, repeated heads, totals or signatures."""
# The words are those of sheets.  # chinese: data

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from advisorcrm.imports.header_search import Header
from advisorcrm.imports.raw_table import Cell, RawTable
from advisorcrm.rules.traditional import simplified
from advisorcrm.rules.written_text import is_nothing

_FOOTER = re.compile(
    r"\s*(?:[（(\[【—\-=\s]*以下(?:空白|无)|[户人]\s*数|说明\s|合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|平\s*均|审核|复核|制表|填表|经办|签字|检查|客户服务部经理|"
    r"客服经理|负责人|单位负责人|营业部负责人|打印|数据来源|数据日期|截止|截至|统计|以上|说明[:：]|备注[:：]|"
    r"注[:：]|附注[:：]|日期[:：]|第\s*\d+\s*页|共\s*\d+\s*[户人条页]|本页|#|-{3,}|={3,}|\*{3,}|total\b|"
    r"subtotal\b|sum\b|\D{0,12}(?:签字|签名|签章|盖章)\s*[:：])",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(
    r".{1,40}?\s*(?:小\s*计|合\s*计|汇\s*总|总\s*计|计\s*数|平均值)\s*[:：]?", re.DOTALL
)
"""What a spreadsheet writes below each group of rows: 王经理 小计, 李经理 汇总."""
_DATE = re.compile(r"(?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?")
_COLUMN_MARK = re.compile(r"[①-⑳]|[(（]?\d{1,2}(?:\.0)?[)）]?|[A-Za-z]{1,2}")
_EXAMPLE = re.compile(r"\s*(?:示?例|例如|举例)\s*[:：]")
_PART = re.compile(
    r"\s*[（(]?[一二三四五六七八九十]{1,3}[）)]?\s*[、.．]|\s*\d{1,2}\s*[、．]|.*[:：]|"
    r".*(?:客户|名单|明细|[类组部])\s*(?:[（(][^（）()]*[）)])?\s*$"
)
"""What alone in its row heads the clients below it: 一、白金卡客户, 客服专员：样甲."""
_FOOTER_SIGNS = frozenset(
    "合总小共累平审复制填经签检客单营打数截统以说备注附日第本例示举户人—[（【(#-=*tTsS "
) | {""}
"""How a name may begin that is none; only such rows are looked at closely."""
_INSTRUCTION = re.compile(
    r"(?:必填|选填|非必填|必填项|选填项|可选|文本|数字|日期|数值|下拉选择|下拉|示例|例如?[:：].*|如[:：].*|格式[:：].*)"
)


def client_places(table: RawTable, header: Header, *, is_contacts: bool = False) -> list[int]:
    """Places of the rows that are clients, in the order of the sheet.

    An address book has no totals and no signatures: whoever is called 统计局王主任 is a person.
    """
    first = header.last_row + 1
    if table.is_cards:
        return list(range(first, len(table.rows)))
    columns = [at for at, heading in enumerate(header.headings) if heading.field]
    if is_contacts:
        return [at for at in range(first, len(table.rows)) if _has_any(table.rows[at], columns)]
    quick = is_plainly_a_client(header)
    return [
        at
        for at in range(first, len(table.rows))
        if quick(table.rows[at]) or _is_client(table.rows[at], columns, header)
    ]


def is_plainly_a_client(header: Header) -> Callable[[Sequence[Cell]], bool]:
    """The answer for nearly every row: it has a name and a number; False means: look closely."""
    fields = [heading.field for heading in header.headings]
    if "name" not in fields:
        return lambda _row: False
    name = fields.index("name")
    keys = [at for at, field in enumerate(fields) if field in ("account", "client_no")]

    def test(row: Sequence[Cell]) -> bool:
        called = row[name]
        if not isinstance(called, str) or called[:1] in _FOOTER_SIGNS:
            return False
        return any(_looks_like_key(row[at]) for at in keys)

    return test


def _has_any(row: Sequence[Cell], columns: Sequence[int]) -> bool:
    return any(at < len(row) and not _is_blank(row[at]) for at in columns)


def _is_client(row: Sequence[Cell], columns: Sequence[int], header: Header) -> bool:
    filled = [at for at in columns if at < len(row) and not _is_blank(row[at])]
    if not filled or (_is_footer(row) and not _is_named_with_key(row, filled, header)):
        return False
    if _is_subtotal(row, header) or _is_dated(row) or all(_says_nothing(row[at]) for at in filled):
        return False
    texts = [str(row[at]).strip() for at in filled]
    if len(filled) == 1 and _heads_a_part(row, texts[0], header):
        return False
    if any(header.headings[at].field == "name" and _EXAMPLE.match(str(row[at])) for at in filled):
        return False
    if all(map(_INSTRUCTION.fullmatch, texts)) or _numbers_columns(texts):
        return False
    repeated = sum(
        1
        for at, text in zip(filled, texts, strict=True)
        if " ".join(text.split()) == header.headings[at].text
    )
    return repeated < 2


def _heads_a_part(row: Sequence[Cell], text: str, header: Header) -> bool:
    """Whether a row of one cell is the title of a part of a list in which clients have accounts."""
    fields = {heading.field for heading in header.headings}
    return (
        bool(fields & {"account", "client_no"})
        and sum(1 for cell in row if not _is_blank(cell)) == 1
        and _PART.match(text) is not None
    )


def _is_named_with_key(row: Sequence[Cell], filled: Sequence[int], header: Header) -> bool:
    """Whether a row that begins like a total has a name and an account all the same (统计样)."""
    names = [str(row[at]).strip() for at in filled if header.headings[at].field == "name"]
    keys = [row[at] for at in filled if header.headings[at].field in ("account", "client_no")]
    return any(
        not (_FOOTER.fullmatch(name) or name[0].isdigit() or ":" in name or "：" in name)
        for name in names
    ) and any(_looks_like_key(key) and len(str(key)) > 3 for key in keys)


def _looks_like_key(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell) > 3 and cell.isascii() and cell[-1].isdigit()
    return isinstance(cell, (int, float))


def _is_footer(row: Sequence[Cell]) -> bool:
    """Whether the first filled cell of the whole row says 合计, 审核人 and the like."""
    first = next((cell for cell in row if not _is_blank(cell)), None)
    return isinstance(first, str) and _FOOTER.match(simplified(first)) is not None


def _is_subtotal(row: Sequence[Cell], header: Header) -> bool:
    """Whether a row begins with the end of a group, and nobody in it has an account."""
    first = next((cell for cell in row if not _is_blank(cell)), None)
    if not isinstance(first, str) or _SUBTOTAL.fullmatch(simplified(first).strip()) is None:
        return False
    headed = zip(row, header.headings, strict=False)
    keys = [cell for cell, heading in headed if heading.field in ("account", "client_no")]
    return not any(map(_looks_like_key, keys))


def _is_dated(row: Sequence[Cell]) -> bool:
    """Whether a day stands alone in its row: when the list was signed."""
    filled = [cell for cell in row if not _is_blank(cell)]
    if len(filled) != 1:
        return False
    return isinstance(filled[0], date) or _DATE.fullmatch(str(filled[0]).strip()) is not None


def _numbers_columns(texts: Sequence[str]) -> bool:
    """``①②③`` or ``A B C`` below the head, one for each column."""
    return 1 < len(texts) == len(set(texts)) and all(map(_COLUMN_MARK.fullmatch, texts))


def _says_nothing(cell: Cell) -> bool:
    """``-``, and the zero that a prepared formula leaves behind."""
    return is_nothing(cell) if isinstance(cell, str) else cell == 0


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
