"""Tables, one concept a file; this list is what the rest of the program names."""

from catalogue.models.agency import Agency
from catalogue.models.audit_entry import AuditEntry
from catalogue.models.base import Base
from catalogue.models.calendar_day import CalendarDay
from catalogue.models.competency import Competency, CompetencyDictionary, CompetencyLevel
from catalogue.models.description import Description, Duty, Requirement, Task, TaskVersion
from catalogue.models.log_line import LogLine, PersonDay
from catalogue.models.person import (
    Account,
    Assignment,
    LoginFailure,
    LoginSession,
    OneTimeLink,
    Person,
    RoleGrant,
)
from catalogue.models.position import Position, PositionOrigin, PositionVersion
from catalogue.models.source_document import AnnexFile, AnnexRow, SourceDocument
from catalogue.models.unit import Establishment, Unit

__all__ = [
    "Account",
    "Agency",
    "AnnexFile",
    "AnnexRow",
    "Assignment",
    "AuditEntry",
    "Base",
    "CalendarDay",
    "Competency",
    "CompetencyDictionary",
    "CompetencyLevel",
    "Description",
    "Duty",
    "Establishment",
    "LogLine",
    "LoginFailure",
    "LoginSession",
    "OneTimeLink",
    "Person",
    "PersonDay",
    "Position",
    "PositionOrigin",
    "PositionVersion",
    "Requirement",
    "RoleGrant",
    "SourceDocument",
    "Task",
    "TaskVersion",
    "Unit",
]
