"""A circle of imports is found and told in its order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from grimp import ImportGraph

from tools.import_circles import find_circle


@pytest.mark.parametrize(
    ("imports", "circle"),
    [
        ([("page", "table"), ("page", "keys"), ("table", "keys")], []),
        ([("page", "table"), ("table", "keys"), ("keys", "table")], ["table", "keys", "table"]),
    ],
)
def test_a_module_that_leads_back_to_itself_is_found(
    imports: list[tuple[str, str]], circle: list[str]
) -> None:
    graph = ImportGraph()
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    found = find_circle(graph)
    assert set(found) == set(circle)
    assert all(step in imports for step in pairwise(found))
    assert found[:1] == found[-1:]
