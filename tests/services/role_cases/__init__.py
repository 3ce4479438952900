"""Cases for ``test_access.py``, one module per noun.

A module has ``CASES`` (service to call and who gets an answer), and where it needs records,
``fill(session, people, client_id)``: what it returns lies in ``world.more[module name]``.
``SHOWS_IN_FULL`` names services that answer unmasked values by right.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any

from sqlalchemy.orm import Session

from tests.factories import People
from tests.services.roles import Case


def modules() -> list[ModuleType]:
    return [
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    ]


def more_cases() -> dict[str, Case]:
    cases: dict[str, Case] = {}
    for module in modules():
        assert not cases.keys() & module.CASES.keys(), module.__name__
        cases |= module.CASES
    return cases


def shown_in_full() -> set[str]:
    return {name for module in modules() for name in getattr(module, "SHOWS_IN_FULL", ())}


def fill_all(session: Session, people: People, client_id: int) -> dict[str, Any]:
    return {
        module.__name__.rpartition(".")[2]: module.fill(session, people, client_id)
        for module in modules()
        if hasattr(module, "fill")
    }
