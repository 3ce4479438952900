"""Prescribed forms as Word documents: the only writer of ``.docx`` (R232).

A form is a table of cells with spans and millimetres, which WordprocessingML says directly; the
parts of the package are few and always the same, so they are written here (decision 028).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from pathlib import Path

from advisorcrm.exports.cells import clean
from advisorcrm.exports.files import write_bytes
from advisorcrm.exports.sheet import Block, Cell, CellRole, Page, Row, Sheet

FONT = "宋体"
_TWIPS_PER_MM = 1440 / 25.4
_MADE_AT = (2000, 1, 1, 0, 0, 0)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ALIGN = {"left": "left", "right": "right", "centre": "center", "down": "center"}

_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>\
<Override PartName="/word/footer1.xml" ContentType="{_KIND}.footer+xml"/></Types>"""
_ROOT = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>\
</Relationships>"""
_PARTS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>"""
_STYLES = f"""{_XML}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}"/><w:sz w:val="18"/>\
<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>\
</w:styles>"""


def write_document(path: Path, sheet: Sheet) -> None:
    """Write a filled form as a document; whole or not at all."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _ROOT),
            ("word/_rels/document.xml.rels", _PARTS),
            ("word/styles.xml", _STYLES),
            ("word/footer1.xml", _footer(sheet)),
            ("word/document.xml", _document(sheet)),
        ):
            info = zipfile.ZipInfo(name, _MADE_AT)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, text)
    write_bytes(path, buffer.getvalue())


def _document(sheet: Sheet) -> str:
    edge = sheet.font_pt - 0.5
    middle = _twips(sheet.page.inner_width)
    stop = f'<w:pPr><w:tabs><w:tab w:val="right" w:pos="{middle}"/></w:tabs></w:pPr>'
    corner = f"{_run(sheet.corner_left, edge)}<w:r><w:tab/></w:r>{_run(sheet.corner_right, edge)}"
    parts = [
        f"<w:p>{stop}{corner}</w:p>",
        _paragraph(sheet.title, 16, "centre", bold=True),
        _paragraph("　　".join(sheet.line), sheet.font_pt),
    ]
    for block in sheet.blocks:
        parts += [_table(sheet, block), '<w:p><w:pPr><w:spacing w:line="60" w:lineRule="exact"/>'
                  "</w:pPr></w:p>"]  # fmt: skip
    body = "".join(parts) + _section(sheet.page)
    return f"{_XML}<w:document {_W} {_R}><w:body>{body}</w:body></w:document>"


def _table(sheet: Sheet, block: Block) -> str:
    side = 1 if block.side else 0
    widths = [_twips(width) for width in sheet.grid]
    rule = "single" if block.is_ruled else "nil"
    borders = "".join(
        f'<w:{edge} w:val="{rule}" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [
        _row(sheet, row, widths, _side_cell(sheet, block, widths[0], number) if side else "",
             is_heading=number < len(block.heading))
        for number, row in enumerate([*block.heading, *block.rows])
    ]  # fmt: skip
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _row(sheet: Sheet, row: Row, widths: Sequence[int], side: str, *, is_heading: bool) -> str:
    at = 1 if side else 0
    cells = []
    for cell in row.cells:
        wide = sum(widths[at : at + cell.span])
        cells.append(_cell(cell, sheet.font_pt, wide))
        at += cell.span
    head = "<w:tblHeader/>" if is_heading else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(row.height)}" w:hRule="atLeast"/>'
        f"{head}</w:trPr>{side}{''.join(cells)}</w:tr>"
    )


def _cell(cell: Cell, points: float, wide: int) -> str:
    upright = "top" if cell.role is CellRole.SIGN else "center"
    text = f"{cell.text}\n\n{cell.foot}" if cell.foot else cell.text
    is_bold = cell.role is CellRole.HEADING
    lines = "".join(
        _paragraph(line, points, cell.align, bold=is_bold)
        for line in (clean(text) or "").split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:gridSpan w:val="{cell.span}"/>'
        f'<w:vAlign w:val="{upright}"/></w:tcPr>{lines}</w:tc>'
    )


def _side_cell(sheet: Sheet, block: Block, wide: int, number: int) -> str:
    """The title written downwards: one cell merged over all rows of the block."""
    merge = "restart" if number == 0 else "continue"
    text = _paragraph(block.side if number == 0 else "", sheet.font_pt, "centre")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vMerge w:val="{merge}"/>'
        f'<w:textDirection w:val="tbRlV"/><w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
    )


def _paragraph(text: str, points: float, align: str = "left", *, bold: bool = False) -> str:
    return (
        f'<w:p><w:pPr><w:jc w:val="{_ALIGN[align]}"/></w:pPr>{_run(text, points, bold=bold)}</w:p>'
    )


def _run(text: str, points: float, *, bold: bool = False) -> str:
    if not text:
        return ""
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{round(points * 2)}"/>'
    said = escape(clean(text) or "", quote=False)
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'


def _section(page: Page) -> str:
    lie = ' w:orient="landscape"' if page.is_landscape else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
        f'<w:pgSz w:w="{_twips(page.width)}" w:h="{_twips(page.height)}"{lie}/>'
        f'<w:pgMar w:top="{_twips(page.top)}" w:right="{_twips(page.right)}"'
        f' w:bottom="{_twips(page.bottom + 4)}" w:left="{_twips(page.left)}"'
        ' w:header="280" w:footer="340" w:gutter="0"/></w:sectPr>'
    )


def _footer(sheet: Sheet) -> str:
    """Who made it and when, and the page of the pages."""
    runs = "".join(_page_runs(sheet))
    wide = _twips(sheet.page.inner_width)
    return (
        f'{_XML}<w:ftr {_W}><w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="{wide}"/></w:tabs>'
        f"</w:pPr>{_run(sheet.foot, 8)}<w:r><w:tab/></w:r>{runs}</w:p></w:ftr>"
    )


def _page_runs(sheet: Sheet) -> Iterator[str]:
    before, _page, rest = sheet.page_text.partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        yield _run(text, 8)
        if field:
            yield f'<w:fldSimple w:instr="{field}">{_run("1", 8)}</w:fldSimple>'


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)
