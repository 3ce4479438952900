"""The parts of a workbook file beside its rows: styles, names, print settings.

Only ``exports/long_list.py`` needs them: it writes the file itself, since no kept writer
streams rows with their own heights (decision record on long lists).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from advisorcrm.exports.cells import TEXT

FONT = "宋体"
BODY_PT = 9
_HEAD_FILL = "FFE7EBF3"
_RULE = "FFA6ADBA"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_OWN_FORMAT = 164
_INCH = 25.4

_CENTRED, _LEFT = 'horizontal="center"', 'horizontal="left"'
_WRAPPED, _SHRUNK = 'wrapText="1"', 'shrinkToFit="1"'

TITLE_STYLE, LINE_STYLE, HEADING_STYLE, FIRST_COLUMN_STYLE = 1, 2, 3, 4

CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
PACKAGE_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
)


def workbook_part(sheet: str, *, last: str, printed: str, heading_row: int) -> str:
    """The workbook: its one sheet, what of it is printed, which rows are repeated."""
    name = f'"{escape(sheet)}"'
    quoted = escape("'" + sheet.replace("'", "''") + "'")
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f'<sheets><sheet name={name} sheetId="1" r:id="rId1"/></sheets><definedNames>'
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"{quoted}!$A${heading_row}:{last}</definedName>"
        f'<definedName name="_xlnm.Print_Area" localSheetId="0">{quoted}!$A$1:{printed}'
        f'</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"{quoted}!$1:${heading_row}</definedName></definedNames></workbook>"
    )


def sheet_head(widths: Sequence[float], heading_row: int) -> str:
    """Everything before the rows: one page wide, the heading and the name frozen, widths."""
    below = heading_row + 1
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(widths, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        f'<pane xSplit="2" ySplit="{heading_row}" topLeftCell="C{below}" '
        f'activePane="bottomRight" state="frozen"/><selection pane="bottomRight"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>"
    )


def sheet_tail(
    *, filtered: str, merged: Sequence[str], as_text: str, header: str, footer: str, margin: float
) -> str:
    """Everything after the rows: filter, merged head, paper, head and foot of the page."""
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    side = margin / _INCH
    return (
        f'</sheetData><autoFilter ref="{filtered}"/>'
        f'<mergeCells count="{len(merged)}">{merges}</mergeCells>'
        '<printOptions horizontalCentered="1"/>'
        f'<pageMargins left="{side:.3f}" right="{side:.3f}" top="{12 / _INCH:.3f}" '
        f'bottom="{18 / _INCH:.3f}" header="{5 / _INCH:.3f}" footer="{6 / _INCH:.3f}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>{escape(header)}</oddHeader>"
        f"<oddFooter>{escape(footer)}</oddFooter></headerFooter>"
        f'<ignoredErrors><ignoredError sqref="{as_text}" numberStoredAsText="1"/>'
        "</ignoredErrors></worksheet>"
    )


def styles_part(columns: Sequence[tuple[str, str]]) -> str:
    """Two styles for each column (number format, alignment): one wraps, the next shrinks.

    The style of column ``i`` is ``FIRST_COLUMN_STYLE + 2 * i``, its shrinking one the next.
    """
    formats = sorted({number_format for number_format, _align in columns} - {TEXT})
    numbers = {one: _FIRST_OWN_FORMAT + at for at, one in enumerate(formats)} | {TEXT: 49}
    own = "".join(
        f'<numFmt numFmtId="{numbers[one]}" formatCode="{escape(one)}"/>' for one in formats
    )
    if own:
        own = f'<numFmts count="{len(formats)}">{own}</numFmts>'
    line = f'<{{0}} style="thin"><color rgb="{_RULE}"/></{{0}}>'
    rules = "".join(line.format(side) for side in ("left", "right", "top", "bottom"))
    cells = "".join(
        _style(numbers[number_format], 1, f'horizontal="{align}" {fit}')
        for number_format, align in columns
        for fit in (_WRAPPED, _SHRUNK)
    )
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}">{own}'
        '<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font>'
        f"{_font(BODY_PT)}{_font(BODY_PT, bold=True)}{_font(16, bold=True)}</fonts>"
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        f'<fgColor rgb="{_HEAD_FILL}"/></patternFill></fill></fills>'
        f'<borders count="2"><border/><border>{rules}</border></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{FIRST_COLUMN_STYLE + 2 * len(columns)}"><xf/>'
        f"{_style(0, 3, _CENTRED, border=0)}{_style(0, 1, _LEFT, border=0)}"
        f"{_style(0, 2, f'{_CENTRED} {_WRAPPED}', fill=2)}{cells}</cellXfs>"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _style(number: int, font: int, alignment: str, *, border: int = 1, fill: int = 0) -> str:
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
        f'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment vertical="center" {alignment}/></xf>'
    )


def _font(points: float, *, bold: bool = False) -> str:
    return f'<font>{"<b/>" if bold else ""}<sz val="{points}"/><name val="{FONT}"/></font>'
