"""The graph around a client: household framed on the left, everybody else on the right.

The list beside it says the same and takes the keys; here the mouse leads to the others' files.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from advisorcrm.i18n import _
from advisorcrm.views import icons, theme
from advisorcrm.views.family.family_nodes import FamilyNode

_WIDE, _HIGH, _GAP = 164, 56, 18
_ICON = 13
_PAD = 14
_FRAME_HEAD = 24


class FamilyGraph(QWidget):
    """``clicked(place)`` of the person that was hit."""

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes: Sequence[FamilyNode] = ()
        self._household = ""
        self._chosen = -1
        self.setMouseTracking(True)

    def show_nodes(self, nodes: Sequence[FamilyNode], household: str) -> None:
        """Draw these people; the first is the client."""
        self._nodes = tuple(nodes)
        self._household = household
        self._chosen = -1
        said = _("、").join(
            " ".join(filter(None, (node.name, node.kind, node.roles))) for node in nodes
        )
        self.setAccessibleName(_("关系图：{people}").format(people=said))
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def choose(self, place: int) -> None:
        """Mark the person the list has chosen."""
        self._chosen = place
        self.update()

    def box_of(self, place: int) -> QRectF:
        """Where a person is drawn."""
        return self._boxes()[place]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """High enough for the longer side."""
        left = sum(node.is_member for node in self._nodes[1:])
        most = max(left, len(self._nodes) - 1 - left, 1)
        high = most * (_HIGH + _GAP) + 2 * (_PAD + _FRAME_HEAD)
        return QSize(theme.px(3 * _WIDE + 6 * _GAP), theme.px(high))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell who was hit."""
        place = self._hit(event.position())
        if place > 0:
            self.clicked.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A hand over whoever leads to a file."""
        place = self._hit(event.position())
        leads = place > 0 and self._nodes[place].client_id is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Frame, lines, people."""
        if not self._nodes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self._boxes()
        self._paint_frame(painter, boxes)
        for node, box in zip(self._nodes[1:], boxes[1:], strict=True):
            self._paint_line(painter, node, boxes[0], box)
        for node, box in zip(self._nodes, boxes, strict=True):
            self._paint_node(painter, node, box)

    def _hit(self, at: QPointF) -> int:
        boxes = self._boxes()
        return next((place for place, box in enumerate(boxes) if box.contains(at)), -1)

    def _boxes(self) -> list[QRectF]:
        left = [node.id for node in self._nodes[1:] if node.is_member]
        right = [node.id for node in self._nodes[1:] if not node.is_member]
        third = self.width() / 3
        columns = ([0], left, right)
        middles = (third * 1.5, third * 0.5, third * 2.5)
        found: dict[int, QRectF] = {}
        for places, middle in zip(columns, middles, strict=True):
            found |= self._column(places, middle)
        return [found[node.id] for node in self._nodes]

    def _column(self, places: list[int], middle: float) -> dict[int, QRectF]:
        wide = min(theme.px(_WIDE), self.width() / 3 - theme.px(_GAP))
        high, step = theme.px(_HIGH), theme.px(_HIGH + _GAP)
        top = (self.height() - (len(places) - 1) * step - high) / 2
        return {
            place: QRectF(middle - wide / 2, top + row * step, wide, high)
            for row, place in enumerate(places)
        }

    def _paint_frame(self, painter: QPainter, boxes: list[QRectF]) -> None:
        inside = [box for node, box in zip(self._nodes, boxes, strict=True) if node.is_member]
        if not inside:
            return
        frame = inside[0]
        for box in inside[1:]:
            frame = frame.united(box)
        pad = theme.px(_PAD)
        frame = frame.adjusted(-pad, -pad - theme.px(_FRAME_HEAD), pad, pad)
        painter.setPen(QPen(theme.colour("ok"), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour("ok_soft"))
        painter.drawRoundedRect(frame, 8, 8)
        painter.setFont(theme.font("caption", 500))
        painter.setPen(theme.colour("ok"))
        head = QRectF(frame.x() + pad, frame.y() + 4, frame.width() - 2 * pad, theme.px(20))
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), self._household)

    def _paint_line(self, painter: QPainter, node: FamilyNode, centre: QRectF, box: QRectF) -> None:
        is_left = box.center().x() < centre.center().x()
        start = QPointF(centre.left() if is_left else centre.right(), centre.center().y())
        end = QPointF(box.right() if is_left else box.left(), box.center().y())
        style = Qt.PenStyle.SolidLine if node.relation_id is not None else Qt.PenStyle.DotLine
        painter.setPen(QPen(theme.colour("ctrl"), 1.4, style))
        painter.drawLine(start, end)

    def _paint_node(self, painter: QPainter, node: FamilyNode, box: QRectF) -> None:
        is_centre = node.id == 0
        edge = "accent" if is_centre or node.id == self._chosen else "ctrl"
        style = Qt.PenStyle.SolidLine if node.is_client else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.colour(edge), 2 if edge == "accent" else 1, style))
        painter.setBrush(theme.colour("accent_soft" if is_centre else "surface"))
        painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(theme.px(10), theme.px(5), -theme.px(8), -theme.px(5))
        half = inner.height() / 2
        marks = node.marks or ((("user", _("非客户")),) if not node.is_client else ())
        first = QRectF(inner.x(), inner.y(), inner.width(), half)
        under = first.translated(0, half)
        if marks:
            rest = self._paint_name(painter, node, first, share=0.62)
            self._paint_kind(painter, node, rest)
            self._paint_marks(painter, marks, under)
        else:
            self._paint_name(painter, node, first)
            self._paint_kind(painter, node, under)

    def _paint_name(
        self, painter: QPainter, node: FamilyNode, line: QRectF, *, share: float = 1
    ) -> QRectF:
        """Write the name into its share of the line; returns what is left of the line."""
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.colour("text"))
        metrics = painter.fontMetrics()
        room = int(line.width() * share)
        name = metrics.elidedText(node.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), name)
        return line.adjusted(metrics.horizontalAdvance(name) + theme.px(8), 0, 0, 0)

    def _paint_kind(self, painter: QPainter, node: FamilyNode, place: QRectF) -> None:
        painter.setFont(theme.font("caption", 500))
        painter.setPen(theme.colour("text2"))
        _draw_cut(painter, place, node.kind)

    def _paint_marks(
        self, painter: QPainter, marks: Sequence[tuple[str, str]], line: QRectF
    ) -> None:
        painter.setFont(theme.font("caption", 500))
        side, x = theme.px(_ICON), line.x()
        for icon, word in marks:
            tone = "text2" if icon == "user" else "accent"
            image = icons.pixmap(icon, tone, side, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(x, line.center().y() - side / 2), image)
            painter.setPen(theme.colour(tone))
            x += side + 4
            _draw_cut(painter, QRectF(x, line.y(), line.right() - x, line.height()), word)
            x += painter.fontMetrics().horizontalAdvance(word) + theme.px(8)
            if x >= line.right():
                return


def _draw_cut(painter: QPainter, place: QRectF, text: str) -> None:
    metrics = painter.fontMetrics()
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(int(place.width()), 0))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), cut)
