"""What a block of the calendar says in the room it has."""

from __future__ import annotations

from advisorcrm.views.calendar.block_looks import low_line


def test_half_an_hour_says_what_it_is_about_where_more_than_a_beginning_is_legible() -> None:
    about = "短债到期续做"

    def line(most: int) -> str:
        return low_line("10:00 解建国", about, lambda text: len(text) <= most)

    assert line(30) == line(16) == "10:00 解建国 · 短债到期续做"  # cut by the painter
    assert line(15) == "10:00 解建国"
    assert low_line("16:30 周例会", "", lambda _text: True) == "16:30 周例会"
    assert low_line("10:00 解建国", "2 室", lambda text: len(text) <= 15) == "10:00 解建国 · 2 室"
