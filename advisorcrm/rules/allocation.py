"""Sharing clients out: by number and by contribution alike, heavier advisors get more (R217).

A greedy walk: the client who brings most goes first, each to the advisor who then has the
least in proportion to the weight. It is not the best of all shares, but one that everybody can
follow, and it is the same every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL_WEIGHT = 100
"""Weight of an advisor in per cent of a whole share."""


@dataclass(frozen=True, slots=True)
class Portion:
    """One client to be shared out: who, and what he brings."""

    client_id: int
    contribution: int


@dataclass(slots=True)
class Load:
    """What an advisor has already, and how large a share he can carry in per cent."""

    advisor_id: int
    count: int
    contribution: int
    weight: int = FULL_WEIGHT


def share_out(portions: Sequence[Portion], loads: Sequence[Load]) -> dict[int, int]:
    """Client to advisor; number and contribution count half each."""
    carried = [load for load in loads if load.weight > 0]
    if not carried:
        return {}
    counts = {load.advisor_id: load.count for load in carried}
    sums = {load.advisor_id: load.contribution for load in carried}
    whole_count = max(1, sum(counts.values()) + len(portions))
    whole_sum = max(1, sum(sums.values()) + sum(portion.contribution for portion in portions))

    def burden(load: Load) -> tuple[float, int]:
        key = load.advisor_id
        share = counts[key] / whole_count + sums[key] / whole_sum
        return share / load.weight, key

    shares = {}
    for portion in sorted(portions, key=lambda item: (-item.contribution, item.client_id)):
        lightest = min(carried, key=burden).advisor_id
        shares[portion.client_id] = lightest
        counts[lightest] += 1
        sums[lightest] += portion.contribution
    return shares
