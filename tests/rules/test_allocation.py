"""Sharing out clients: balanced by number and contribution, heavier advisors get more."""

from __future__ import annotations

import pytest

from advisorcrm.rules.allocation import Load, Portion, share_out


def shared(portions: list[Portion], loads: list[Load]) -> dict[int, tuple[int, int]]:
    """Advisor to (clients, contribution) afterwards."""
    shares = share_out(portions, loads)
    sums = {load.advisor_id: (load.count, load.contribution) for load in loads}
    for portion in portions:
        count, total = sums[shares[portion.client_id]]
        sums[shares[portion.client_id]] = (count + 1, total + portion.contribution)
    return sums


@pytest.mark.req("R217")
def test_number_and_contribution_come_out_even() -> None:
    portions = [Portion(key, (key % 7 + 1) * 10) for key in range(40)]
    sums = shared(portions, [Load(1, 0, 0), Load(2, 0, 0)])
    assert abs(sums[1][0] - sums[2][0]) <= 2
    assert abs(sums[1][1] - sums[2][1]) <= 80


@pytest.mark.req("R217")
def test_one_large_client_weighs_as_much_as_several_and_number_counts_all_the_same() -> None:
    portions = [Portion(0, 100), *(Portion(key, 10) for key in range(1, 11))]
    assert shared(portions, [Load(1, 0, 0), Load(2, 0, 0)]) == {1: (4, 130), 2: (7, 70)}


@pytest.mark.req("R217")
def test_who_has_more_already_gets_less() -> None:
    portions = [Portion(key, 10) for key in range(20)]
    sums = shared(portions, [Load(1, 20, 200), Load(2, 0, 0)])
    assert sums == {1: (20, 200), 2: (20, 200)}


@pytest.mark.req("R217")
def test_a_half_weight_carries_a_third_of_two() -> None:
    portions = [Portion(key, 10) for key in range(30)]
    sums = shared(portions, [Load(1, 0, 0, 100), Load(2, 0, 0, 50)])
    assert sums == {1: (20, 200), 2: (10, 100)}


def test_the_same_clients_are_shared_out_the_same_way_and_nobody_without_weight() -> None:
    portions = [Portion(key, 10) for key in (3, 1, 2)]
    loads = [Load(1, 0, 0), Load(2, 0, 0, 0), Load(3, 0, 0)]
    assert share_out(portions, loads) == share_out(portions[::-1], loads) == {1: 1, 2: 3, 3: 1}
    assert share_out(portions, [Load(2, 0, 0, 0)]) == {}
