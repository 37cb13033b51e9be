"""What was done, by whom and when; rows are only ever added, and the database holds that."""

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.models.base import Base, JsonObject, Moment, Short
from catalogue.models.ddl import after_create


class AuditEntry(Base):
    """One deed; `seq` orders them, times may not."""

    __tablename__ = "audit_entry"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 (SQLAlchemy's own form)

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[Moment]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[Short]
    subject: Mapped[Short]
    detail: Mapped[JsonObject]


def append_only_ddl(table: str) -> dict[str, list[str]]:
    """Give the statements by dialect that refuse to change or delete a row of the table."""
    refusal = f"{table} is append-only"
    function = (
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{refusal}'; END$$"
    )
    trigger = (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_append_only_{moment.lower()} BEFORE {moment} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for moment in ("UPDATE", "DELETE")
        ],
        "postgresql": [function, trigger],
    }


after_create(AuditEntry.__table__, append_only_ddl(AuditEntry.__tablename__))
