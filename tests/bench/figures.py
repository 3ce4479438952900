"""Figures of a run: what the program took, what the least would take, and what it may take."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HEADINGS = ("work", "n", "product", "limit", "unit", "ratio", "bound", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: ``product`` beside ``limit`` in the same unit; without a bound it is only told."""

    work: str
    n: int
    product: float
    limit: float | None
    unit: str
    bound: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the limit."""
        return None if not self.limit else round(self.product / self.limit, 2)

    @property
    def verdict(self) -> str:
        """Whether the bound holds."""
        if self.bound is None or self.ratio is None:
            return ""
        return "ok" if self.ratio <= self.bound else "MISSED"

    def as_record(self) -> dict[str, Any]:
        """As it is kept in ``docs/performance.json``."""
        record = asdict(self)
        bound = record.pop("bound")
        return {
            **record,
            "product": _rounded(self.product),
            "limit": None if self.limit is None else _rounded(self.limit),
            "ratio": self.ratio,
            "bound": bound,
        }


def figure_of(record: dict[str, Any]) -> Figure:
    """A figure as it was kept."""
    return Figure(**{name: value for name, value in record.items() if name != "ratio"})


def growth(figures: Iterable[Figure], work: str, bound: float | None, *, name: str) -> list[Figure]:
    """How much the same work grows from the smallest size of a run to the largest.

    Without a bound it is told: each size is judged beside the SQL by hand, which grows as well.
    """
    found = sorted((one for one in figures if one.work == work), key=lambda one: one.n)
    if len(found) < 2:
        return []
    small, large = found[0], found[-1]
    is_asked = (small.n, large.n) == (10_000, 1_000_000)
    return [
        Figure(name, large.n, large.product, small.product, small.unit, bound if is_asked else None)
    ]


def keep(path: Path, figures: Iterable[Figure]) -> list[Figure]:
    """Write the figures; lines of an earlier run that were not measured anew stay."""
    kept: dict[tuple[str, int], Figure] = {}
    if path.exists():
        for record in json.loads(path.read_text("utf-8")):
            figure = figure_of(record)
            kept[figure.work, figure.n] = figure
    kept |= {(figure.work, figure.n): figure for figure in figures}
    path.parent.mkdir(parents=True, exist_ok=True)
    works = list(dict.fromkeys(work for work, _n in kept))
    ordered = sorted(kept.values(), key=lambda one: (works.index(one.work), one.n))
    lines = ",\n".join(json.dumps(one.as_record(), ensure_ascii=False) for one in ordered)
    path.write_text(f"[\n{lines}\n]\n", "utf-8")
    return ordered


def table(figures: Iterable[Figure]) -> list[tuple[str, ...]]:
    """The figures as lines of text, heading first."""
    return [HEADINGS, *(_line(figure) for figure in figures)]


def _line(figure: Figure) -> tuple[str, ...]:
    limit = "" if figure.limit is None else f"{_rounded(figure.limit):g}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    bound = "" if figure.bound is None else f"{figure.bound:g}"
    return (
        figure.work, f"{figure.n:,}", f"{_rounded(figure.product):g}", limit, figure.unit, ratio,
        bound, figure.verdict,
    )  # fmt: skip


def _rounded(value: float) -> float:
    """Four digits are as many as a noisy machine deserves."""
    return float(f"{value:.4g}")
