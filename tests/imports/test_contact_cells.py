"""Cells of an address book: whatever stands in them, nothing is lost and nobody fails."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisorcrm.imports.cell_values import Values
from advisorcrm.imports.contact_cells import contact_cleaner
from advisorcrm.imports.raw_table import Cell
from advisorcrm.terms import PointKind, Sex


def cleaned(field: str, cell: Cell) -> object:
    clean = contact_cleaner(field)
    assert clean is not None
    return clean(cell)


def told(found: object) -> dict[str, object]:
    assert isinstance(found, Values)
    return dict(found.fields)


@given(
    st.sampled_from(["mobile", "fax", "email", "courtesy", "contact_groups", "anniversary",
                     "employer", "qq"]),
    st.text(max_size=60) | st.integers() | st.floats(allow_nan=False) | st.none(),
)  # fmt: skip
def test_any_cell_is_taken_without_a_fault(field: str, cell: Cell) -> None:
    cleaned(field, cell)


@given(st.text(alphabet="0123456789+-() ", min_size=1, max_size=24))
@example("+4300000-1")
def test_no_digit_of_a_number_is_lost(text: str) -> None:
    digits = "".join(sign for sign in text if sign.isdecimal())
    found = cleaned("phone", text)
    points = told(found)["points"] if isinstance(found, Values) else found
    assert isinstance(points, (list, tuple))
    kept = "".join(value for _kind, value in points)
    lines = str(told(found)) if isinstance(found, Values) else ""
    assert digits[-3:] in "".join(sign for sign in kept + lines if sign.isdecimal())


def test_a_label_becomes_the_remark_of_the_number() -> None:
    found = told(cleaned("phone", "13900000901（微信）\n13900000902"))
    assert found["points"] == [
        (PointKind.MOBILE, "13900000901"), (PointKind.MOBILE, "13900000902"),
    ]  # fmt: skip
    assert found["point_notes"] == {"13900000901": "微信"}


def test_an_extension_and_a_name_beside_an_address_become_remarks() -> None:
    phones = told(cleaned("mobile", "13900000901 转 8001；妻子：13900000902"))
    assert phones["point_notes"] == {"13900000901": "转 8001", "13900000902": "妻子"}
    emails = told(cleaned("email", "样甲 <a@b.cn>; mailto:c@d.cn"))
    assert emails["points"] == [(PointKind.EMAIL, "a@b.cn"), (PointKind.EMAIL, "c@d.cn")]
    assert (emails["point_notes"], emails["remark_lines"]) == ({"a@b.cn": "样甲"}, [])


def test_an_area_code_in_brackets_is_no_label() -> None:
    assert cleaned("phone", "63210000(021)") != ()
    assert cleaned("phone", "（021）63210000") == ((PointKind.LANDLINE, "021-63210000"),)


@pytest.mark.parametrize(
    ("text", "sex"), [("先生", Sex.MALE), ("Ms.", Sex.FEMALE), ("女士", Sex.FEMALE)]
)
def test_a_courtesy_title_tells_the_sex(text: str, sex: Sex) -> None:
    assert told(cleaned("courtesy", text)) == {"sex": sex}
    assert told(cleaned("courtesy", "王总")) == {"alias": "王总"}


def test_groups_that_everybody_is_in_say_nothing() -> None:
    assert cleaned("contact_groups", "* myContacts ::: * starred") is None
    assert told(cleaned("contact_groups", "* myContacts ::: 同学")) == {
        "remark_lines": ["分组：同学"]
    }


@pytest.mark.parametrize("text", ["0-0-0", "00/00/00", "", "无"])
def test_no_anniversary_is_no_remark(text: str) -> None:
    assert cleaned("anniversary", text) is None
