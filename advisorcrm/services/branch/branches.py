"""The branch as it is printed on forms, and the high-end tiers (R68)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from advisorcrm.db.actor import Actor
from advisorcrm.errors import InvalidFieldError, NotFoundError
from advisorcrm.i18n import _
from advisorcrm.models import Branch
from advisorcrm.models.base import LONG_TEXT
from advisorcrm.services.access import Right, demand
from advisorcrm.services.files.client_checks import SHORT_TEXT, clean_text


@dataclass(frozen=True, slots=True)
class BranchInfo:
    """Name, address and telephones of the branch."""

    name: str
    company: str = ""
    code: str = ""
    short_name: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    complaint_phone: str = ""
    national_phone: str = ""
    manager_name: str = ""
    business_hours: str = ""
    form_footer: str = ""


def get_branch(session: Session, actor: Actor) -> BranchInfo:
    """The branch for heads and feet of forms; every role may know it."""
    return _info(_branch(session))


def update_branch(session: Session, actor: Actor, info: BranchInfo) -> None:
    """Correct the branch; forms printed before keep what they showed."""
    demand(actor, Right.MANAGE_BRANCH)
    cleaned = _cleaned(info)
    branch = _branch(session)
    for name, value in cleaned.items():
        setattr(branch, name, value)


def create_branch(session: Session, info: BranchInfo) -> None:
    """Write the one branch of a new database."""
    session.add(Branch(**_cleaned(info), next_client_no=1))


def take_client_numbers(session: Session, count: int) -> list[str]:
    """The next client numbers (LSL-0231); given out once and never again."""
    # Core: a new client is saved while somebody waits. The row stays locked to the commit.
    session.flush()  # the branch itself may be new
    taken = session.connection().execute(_TAKE, {"count": count}).one_or_none()
    if taken is None:
        raise NotFoundError(_("数据库里还没有营业部信息。"))
    after, code = taken
    prefix = f"{code}-" if code else "KH-"
    return [f"{prefix}{number:04d}" for number in range(after - count, after)]


_BRANCH = Branch.__table__.c
_TAKE = (
    update(Branch.__table__)  # type: ignore[arg-type]
    .values(next_client_no=_BRANCH.next_client_no + bindparam("count"), version=_BRANCH.version + 1)
    .returning(_BRANCH.next_client_no, _BRANCH.code)
)


def _cleaned(info: BranchInfo) -> dict[str, str]:
    """The texts as they are stored; raises InvalidFieldError for a missing name or a long text."""
    if not info.name.strip():
        raise InvalidFieldError("name", _("营业部名称不能为空。"))
    limits = {"form_footer": LONG_TEXT}
    return {
        name: clean_text(name, value, limit=limits.get(name, SHORT_TEXT))
        for name, value in asdict(info).items()
    }


def _branch(session: Session) -> Branch:
    branch: Branch | None = session.scalar(select(Branch))
    if branch is None:
        raise NotFoundError(_("数据库里还没有营业部信息。"))
    return branch


def _info(branch: Branch) -> BranchInfo:
    return BranchInfo(**{name: getattr(branch, name) for name in BranchInfo.__slots__})
