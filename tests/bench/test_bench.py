from __future__ import annotations

import hashlib
import json
from itertools import islice
from pathlib import Path

import pytest

from advisorcrm.db.database import Database
from tests.bench import branch, entering, pages, raw, search, workload
from tests.bench.apart import answer_of
from tests.bench.figures import Figure, figure_of, growth, keep, table
from tests.bench.importing import FIELDS, HEADINGS
from tests.bench.timing import in_turn, p95
from tests.factories import KEY


def test_the_same_number_of_clients_is_the_same_clients() -> None:
    first, again = (repr(list(workload.clients(40))) for _turn in range(2))
    assert first == again
    assert hashlib.sha256(first.encode()).hexdigest()[:12] == "41442c3ab474"
    assert list(islice(workload.clients(40), 10)) == list(workload.clients(10))


def test_a_client_has_more_than_twenty_fields_and_what_is_typed_belongs_to_somebody() -> None:
    clients = list(workload.clients(200))
    assert all(len(client) > 20 for client in clients)
    assert {len(client["name"]) for client in clients} >= {2, 3}
    typed = workload.queries(200)
    assert set(typed) == set(workload.KINDS)
    names = [client["name"] for client in clients]
    assert all(any(text in name for name in names) for text in typed["name1"] + typed["name2"])


def test_a_workbook_has_a_heading_for_every_field() -> None:
    assert len(FIELDS) == len(HEADINGS) == len(set(HEADINGS))


def test_what_the_bench_drives_is_still_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bench is run by hand: without this a renamed part of the window is missed for days."""
    monkeypatch.setattr(branch, "BUILD", tmp_path)
    place = str(branch.branch_of(60, lambda _line: None).path)
    entered = answer_of("tests.bench.entering", place)
    assert min(entered["product"], entered["limit"]) > 0


def test_figures_are_kept_as_promised_and_a_part_run_renews_only_its_own(tmp_path: Path) -> None:
    path = tmp_path / "performance.json"
    keep(path, [Figure("search", 10, 2.0, 1.0, "ms", 2.0), Figure("save", 10, 9.0, None, "ms")])
    keep(path, [Figure("search", 10, 3.0, 1.0, "ms", 2.0)])

    kept = json.loads(path.read_text("utf-8"))
    assert kept == [
        {"work": "search", "n": 10, "product": 3.0, "limit": 1.0, "unit": "ms", "ratio": 3.0,
         "bound": 2.0},
        {"work": "save", "n": 10, "product": 9.0, "limit": None, "unit": "ms", "ratio": None,
         "bound": None},
    ]  # fmt: skip
    assert [figure_of(record).verdict for record in kept] == ["MISSED", ""]
    assert len(table(map(figure_of, kept))) == 3


@pytest.mark.parametrize(("large", "bound"), [(1_000_000, 30.0), (100_000, None)])
def test_growth_is_judged_from_ten_thousand_to_a_million(large: int, bound: float | None) -> None:
    figures = [Figure("search", n, took, 1.0, "ms") for n, took in ((10_000, 1.0), (large, 20.0))]
    [grown] = growth(figures, "search", 30.0, name="search grows")
    assert (grown.ratio, grown.bound) == (20.0, bound)


def test_both_sides_get_every_input_and_the_best_round_counts() -> None:
    product: list[int] = []
    limit: list[int] = []
    found = in_turn([1, 2], product.append, limit.append, rounds=3)
    assert product == limit == [1, 1, 1, 2, 2, 2]
    assert len(found.product) == len(found.limit) == 2
    assert p95([1.0] * 19 + [5.0]) == 1.0


def test_the_statements_written_by_hand_fit_the_newest_schema(file_database: Database) -> None:
    assert file_database.path is not None
    connection = raw.connect(file_database.path, KEY)
    by_hand = (
        entering._PAGE,
        pages._FIRST.format(pages._ORDERS[0][1]),
        pages._BY_IDS.format("?"),
        pages._IDS,
        search._PAGE.format(search._GRAMS),
    )
    for statement in by_hand:
        told = connection.execute(f"EXPLAIN {statement}", ("",) * statement.count("?")).fetchall()
        assert told, statement
    connection.close()
