"""Who is acting: the person whose role decides, and whose number the change history keeps."""

from __future__ import annotations

from dataclasses import dataclass

from advisorcrm.terms import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person, as services and pages know them."""

    user_id: int
    employee_no: str
    name: str
    role: Role
    group_ids: tuple[int, ...] = ()
    group_names: tuple[str, ...] = ()


PROGRAM = Actor(user_id=0, employee_no="program", name="advisorcrm", role=Role.ADMINISTRATOR)
"""The program itself: seeds, migrations, the sign-in before anybody is known."""
