"""No module of the program imports another that leads back to it; ``lint-imports`` asks this.

Imports inside functions and for types alone count as well: a circle that is only hidden still ties
its modules into one that can neither be read nor tested without the others.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class NoCirclesContract(Contract):
    """Broken by the first circle that is found; the next one shows when that is mended."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Put all modules in an order in which each comes after what it imports."""
        output.verbose_print(verbose, "Looking for circles of imports...")
        circle = find_circle(graph)
        return ContractCheck(kept=not circle, metadata={"circle": circle})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name the circle, module by module."""
        output.print_error("\n  -> ".join(check.metadata["circle"]))


def find_circle(graph: ImportGraph) -> list[str]:
    """A module, what it imports, and so on back to the module; empty if there is none."""
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []
