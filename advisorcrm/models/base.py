"""What every table shares: typed columns, named constraints, who may forget what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from advisorcrm.terms import (
    AccessKind,
    AppointmentKind,
    BirthdayKept,
    CallbackGrade,
    CallbackOutcome,
    CallbackState,
    Channel,
    ClientKind,
    ClientStage,
    ConsentState,
    DayItemKind,
    DueKind,
    DuplicateVerdict,
    GuestAnswer,
    IdDocument,
    ImportResult,
    InvestorKind,
    MeetingItemKind,
    MeetingKind,
    OwnFieldKind,
    PointKind,
    PrivacyRequestKind,
    ProductRisk,
    Purpose,
    Reaction,
    ReminderState,
    RevealReason,
    RiskLevel,
    Role,
    ScriptPart,
    Sex,
    Stance,
    TaskKind,
    TaskRepeat,
    TaskSource,
    TaskState,
    Term,
    Validity,
    ValueSource,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

LONG_TEXT = 32_000
"""Most characters of a free text: a cell of a sheet holds them."""
REMARK_TEXT = 1_000_000
"""Most characters of a client's remark: foreign lists bring whole stories, which are kept whole."""


class UtcInstant(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: it would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """Read an instant of the file in one go: lists have hundreds of them."""
        if dialect.name == "postgresql":
            return super().result_processor(dialect, coltype)

        def read(stored: str | None) -> datetime | None:
            return None if stored is None else datetime.fromisoformat(f"{stored}+00:00")

        return read


class TermText(TypeDecorator[Term]):
    """A choice stored by its code in a plain text column."""

    impl = String
    cache_ok = True

    def __init__(self, term: type[Term]) -> None:
        super().__init__(20)
        self.term = term

    def process_bind_param(self, value: Term | str | None, dialect: Dialect) -> str | None:
        """Store the code, and only a known one."""
        return None if value is None else self.term(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Term | None:
        """Give the choice back."""
        return None if value is None else self.term(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Term | None]:
        """Look a code up in one go: a calendar has thousands of them."""
        term, known = self.term, {one.value: one for one in self.term}

        def read(stored: str | None) -> Term | None:
            return None if stored is None else known.get(stored) or term(stored)

        return read


class CodeSet(TypeDecorator[tuple[str, ...]]):
    """Several codes of one code list, kept in order as ``,news,report,``."""

    impl = String
    cache_ok = True

    def process_bind_param(
        self, value: tuple[str, ...] | list[str] | None, dialect: Dialect
    ) -> str | None:
        """Join; commas at both ends let a filter ask for one code."""
        return f",{','.join(value)}," if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Split."""
        return _codes_of(value)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], tuple[str, ...]]:
        """Split in one go: lists have hundreds of them."""
        return _codes_of


def _codes_of(stored: str | None) -> tuple[str, ...]:
    return tuple(filter(None, stored.split(","))) if stored else ()


Codes = Annotated[tuple[str, ...], "codes"]
Code = Annotated[str, mapped_column(String(40))]
Name = Annotated[str, mapped_column(String(120))]
Long = Annotated[str, mapped_column(String(LONG_TEXT))]
Remark = Annotated[str, mapped_column(String(LONG_TEXT).with_variant(Text(), "postgresql"))]
"""SQLite asks for no length, so that its table needs no rebuild; the server would."""
Money = Annotated[int, mapped_column(BigInteger)]
Rate = Annotated[int, mapped_column(Integer)]
"""Parts per million: 250 is 0.25 per mille (万2.5)."""

_TERMS: tuple[type[Term], ...] = (
    AppointmentKind,
    AccessKind, BirthdayKept, Channel, ClientKind, ClientStage, ConsentState, DuplicateVerdict,
    DayItemKind, GuestAnswer,
    IdDocument, ImportResult, InvestorKind, OwnFieldKind, PointKind, PrivacyRequestKind,
    ProductRisk, Purpose, Reaction, RevealReason, RiskLevel, Role, Sex, TaskKind, TaskRepeat,
    TaskSource, TaskState, Validity, ValueSource,
    DueKind, ReminderState,
    CallbackGrade, CallbackOutcome, CallbackState, ScriptPart,
    MeetingItemKind, MeetingKind, Stance,
)  # fmt: skip


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcInstant(),
        Codes: CodeSet(),
        **{term: TermText(term) for term in _TERMS},
    }


def appended() -> dict[str, Any]:
    """Table arguments of a log: its rows are added, never changed, and are history themselves."""
    return {"info": {"append_only": True}}


def recorded(*, frozen: bool = False) -> dict[str, Any]:
    """Table arguments of a table of record: its every change goes into the change history.

    ``frozen`` rows keep their content for ever: a correction is a new row.
    """
    return {"info": {"recorded": True, "frozen": frozen}}


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that ``where`` names; its migration and ``tools.check_schema`` read it.

    The condition lies in ``info``: said in the words of each engine it would load the server's
    dialect into every window, 2 MB (decision 027).
    """
    return Index(name, *columns, unique=unique, info={"where": where})


class Versioned:
    """A row people edit: saving an old version is refused, never silently overwritten."""

    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
