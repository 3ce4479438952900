"""Search as typed: every beginning of what a person types, an ordered page of 50 each time.

The limit is the gram index of the file asked by hand, with an adaptive plan: few hits are sorted,
for many the order is walked and each client tested. Counts are compared with LIKE.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from advisorcrm.db.database import Database
from advisorcrm.rules.search_grams import fold
from advisorcrm.services.clients.clients import (
    ClientFilter,
    ClientOrder,
    count_matching,
    list_client_page,
)
from tests.bench import raw, workload
from tests.bench.branch import Branch
from tests.bench.figures import Figure, growth
from tests.bench.timing import Samples, in_turn, median, p95

NAME = "search"
WORK = "search as typed, ordered page of 50, p95"
BOUND = 2.0
GROWTH = 30.0
_MANY = 2_000
_ORDER = ClientOrder("last_contact_at")
_COMPARED = 8
_ROUNDS = 5
_SMALL = 10_000
_ROUNDS_OF_SMALL = 12
"""A millisecond is soon disturbed: the best of a few more counts."""
_LARGE = 1_000_000
"""By hand, each common word walks half a million clients: fewer words, twice, are enough there."""
_EACH = 4

_COUNT = "SELECT count(*) FROM (SELECT 1 FROM client_gram WHERE client_gram MATCH ? LIMIT 2001)"
_PAGE = f"""SELECT {raw.ROW} FROM (SELECT client.id AS id FROM client
 JOIN client_search ON client_search.client_id = client.id
 WHERE {{}} AND archived_at IS NULL ORDER BY last_contact_at DESC, client.id DESC LIMIT 50) page
JOIN client ON client.id = page.id {raw.JOINS} ORDER BY last_contact_at DESC, client.id DESC"""
_GRAMS = "client.id IN (SELECT rowid FROM client_gram WHERE client_gram MATCH ?)"
_TEST = {"names": "instr(client_search.names, ?)",
         "numbers": "(instr(numbers, ?) OR instr(client_search.names, ?))"}  # fmt: skip
_LIKE = """SELECT count(*) FROM client JOIN client_search ON client_id = client.id
WHERE archived_at IS NULL AND ({})"""


def measure(branches: Sequence[Branch], tell: Callable[[str], None]) -> list[Figure]:
    """Figures for every size, and how they grow."""
    figures = [figure for branch in branches for figure in _measure(branch, tell)]
    return figures + growth(figures, WORK, GROWTH, name="search as typed, growth with clients")


def _measure(branch: Branch, tell: Callable[[str], None]) -> list[Figure]:
    database = branch.sign_in()
    connection = raw.connect(branch.path, database.key)
    try:
        _compare_counts(database, connection, branch.queries())
        return _time(branch, database, connection, tell)
    finally:
        connection.close()
        database.close()


def _time(
    branch: Branch, database: Database, connection: Any, tell: Callable[[str], None]
) -> list[Figure]:
    all_of_them = Samples([], [])
    figures = []
    for kind, texts in branch.queries().items():
        typed = texts if kind == "mixed" else sorted(set(map(_beginnings, texts)))
        words = [word for entry in typed for word in ([entry] if kind == "mixed" else entry)]
        words = list(dict.fromkeys(words))
        rounds = _ROUNDS_OF_SMALL if branch.count <= _SMALL else _ROUNDS
        if branch.count >= _LARGE:
            words, rounds = words[::_EACH], 2
        ask, ask_raw = partial(_ask, database), partial(_ask_raw, connection)
        found = in_turn(words, ask, ask_raw, rounds=rounds)
        tell(
            f"  {kind:9} {len(words):4} texts: product {median(found.product):7.3f} "
            f"p95 {p95(found.product):7.3f} ms, limit {median(found.limit):7.3f} "
            f"p95 {p95(found.limit):7.3f} ms"
        )
        if kind == "mixed":
            figures.append(
                Figure(
                    "search of whole words, mixed, p95", branch.count, p95(found.product),
                    p95(found.limit), "ms",
                )
            )  # fmt: skip
        else:
            all_of_them += found
    product, limit = p95(all_of_them.product), p95(all_of_them.limit)
    return [Figure(WORK, branch.count, product, limit, "ms", BOUND), *figures]


def _beginnings(text: str) -> tuple[str, ...]:
    """``lzx`` is typed as l, lz, lzx; a telephone is looked at after each third digit."""
    step = 3 if len(text) > 4 else 1
    return (*(text[:end] for end in range(1, len(text), step)), text)


def _ask(database: Database, text: str) -> None:
    database.read(
        partial(list_client_page, query=ClientFilter(text=text), order=_ORDER, today=workload.TODAY)
    )


def _ask_raw(connection: Any, text: str) -> list[Any]:
    """What ``_ask`` answers, by hand."""
    word = text.lower()
    test, words = _test_of(word)
    grams = _grams_of(word)
    is_few = bool(grams) and connection.execute(_COUNT, (grams,)).fetchone()[0] <= _MANY
    condition = f"{_GRAMS} AND {test}" if is_few else test
    values = (grams, *words) if is_few else words
    rows: list[Any] = connection.execute(_PAGE.format(condition), values).fetchall()
    return rows


def _test_of(word: str) -> tuple[str, tuple[str, ...]]:
    if word.isdigit():
        return _TEST["numbers"], (word, word)
    return _TEST["names"], (word,)


def _grams_of(word: str) -> str:
    """The question to the gram index; nothing for one or two digits."""
    if word.isdigit():
        return _all_of("", word, 3) if len(word) >= 3 else ""
    return _all_of("0", word, 3) if word.isascii() else _all_of("", word, 2)


def _all_of(mark: str, word: str, size: int) -> str:
    pieces = [word[at : at + size] for at in range(max(1, len(word) - size + 1))]
    return " AND ".join(f'"{mark}{piece}"' for piece in pieces)


def _compare_counts(database: Database, connection: Any, queries: dict[str, list[str]]) -> None:
    """Speed counts only with all hits: every count must be LIKE's."""
    for kind, texts in queries.items():
        for text in texts[:_COMPARED]:
            found = database.read(
                partial(count_matching, query=ClientFilter(text=text), today=workload.TODAY)
            )
            word = fold(text)
            fields = ["names", "numbers"] if word.isdigit() else ["names"]
            if word.isascii() and word.isalpha() and len(word) >= 3:
                fields.append("client_search.pinyin")
            like = " OR ".join(f"{field} LIKE ?" for field in fields).replace(
                "names LIKE", "client_search.names LIKE"
            )
            (expected,) = connection.execute(
                _LIKE.format(like), [f"%{word}%"] * len(fields)
            ).fetchone()
            if found != expected or not found:
                raise AssertionError(f"{kind} {text}: {found} found, LIKE finds {expected}")
