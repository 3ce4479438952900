"""What everybody has before and after a proposal, as the preview shows it (R217)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from advisorcrm.columns import Column, Form
from advisorcrm.services.allocations.allocations import AdvisorLoad, AllocatedClient
from advisorcrm.terms import Contribution


@dataclass(frozen=True, slots=True)
class LoadLine:
    """One advisor before and after."""

    id: int
    name: Annotated[str, Column("客服专员", width=14)]
    count_before: Annotated[int, Column("现有户数", align="right", width=12)]
    count_after: Annotated[int, Column("分配后户数", align="right", width=13)]
    sum_before: Annotated[int, Column("现有贡献", form=Form.MONEY, align="right", width=14)]
    sum_after: Annotated[int, Column("分配后贡献", form=Form.MONEY, align="right", width=14)]


def load_lines(
    loads: Sequence[AdvisorLoad],
    clients: Sequence[AllocatedClient],
    targets: Mapping[int, int],
    measure: Contribution,
) -> list[LoadLine]:
    """Before and after for whoever gives or takes; ``targets`` is client to advisor."""
    concerned = {client.from_advisor_id for client in clients} | set(targets.values())
    lines = []
    for load in loads:
        if load.id not in concerned:
            continue
        gone = [client for client in clients if client.from_advisor_id == load.id]
        come = [client for client in clients if targets.get(client.id) == load.id]
        before = load.contribution(measure)
        lines.append(
            LoadLine(
                load.id, load.name, load.client_count,
                load.client_count - len(gone) + len(come), before,
                before - _sum(gone) + _sum(come),
            )
        )  # fmt: skip
    return lines


def _sum(clients: Sequence[AllocatedClient]) -> int:
    return sum(client.contribution_fen or 0 for client in clients)
