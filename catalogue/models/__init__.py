"""Tables, one concept a file; this list is what the rest of the program names."""

from catalogue.models.absence import Absence, BackfillConsent
from catalogue.models.agency import Agency
from catalogue.models.approval import Acknowledgement, ApprovalRule
from catalogue.models.assessment import AssessedLevel, Assessment
from catalogue.models.audit_entry import AuditEntry
from catalogue.models.ballot import Ballot, BallotMark, Meeting, MeetingCount
from catalogue.models.base import Base
from catalogue.models.board import LineQuestion, PinnedTask
from catalogue.models.calendar_day import CalendarDay
from catalogue.models.closing import Adjustment, DayClosing, MonthClosing
from catalogue.models.committee import Seat, VotingRule
from catalogue.models.competency import Competency, CompetencyDictionary, CompetencyLevel
from catalogue.models.description import (
    Description,
    Duty,
    Requirement,
    Task,
    TaskSuccession,
    TaskVersion,
)
from catalogue.models.diary_rule import ColumnAlias, DiaryRule
from catalogue.models.dossier import Dossier, DossierItem
from catalogue.models.draft import (
    DescriptionDraft,
    DraftAuthor,
    DraftStep,
    SectionRemark,
    Submission,
)
from catalogue.models.duty_template import DutyTemplate
from catalogue.models.issuance import Issuance, Succession, SuccessorChoice
from catalogue.models.job import Job
from catalogue.models.judgement import Judgement, Objection
from catalogue.models.log_line import LogLine, PersonDay
from catalogue.models.milestone import CalendarFeed, Extension, Milestone, Reminder
from catalogue.models.notice import (
    Notice,
    NoticeDelivery,
    NoticeSetting,
    PushSubscription,
    QuietTime,
)
from catalogue.models.pending_line import PendingLine, PendingStep
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
from catalogue.models.reconciliation import Match, MatchedRow, MatchedVersion, Reconciliation
from catalogue.models.ruling import Comment, Ruling
from catalogue.models.source_document import AnnexFile, AnnexRow, SourceDocument
from catalogue.models.stored_file import StoredFile
from catalogue.models.unit import Establishment, Unit
from catalogue.models.work_item import WorkItem, WorkItemStep

__all__ = [
    "Absence",
    "Account",
    "Acknowledgement",
    "Adjustment",
    "Agency",
    "AnnexFile",
    "AnnexRow",
    "ApprovalRule",
    "AssessedLevel",
    "Assessment",
    "Assignment",
    "AuditEntry",
    "BackfillConsent",
    "Ballot",
    "BallotMark",
    "Base",
    "CalendarDay",
    "CalendarFeed",
    "ColumnAlias",
    "Comment",
    "Competency",
    "CompetencyDictionary",
    "CompetencyLevel",
    "DayClosing",
    "Description",
    "DescriptionDraft",
    "DiaryRule",
    "Dossier",
    "DossierItem",
    "DraftAuthor",
    "DraftStep",
    "Duty",
    "DutyTemplate",
    "Establishment",
    "Extension",
    "Issuance",
    "Job",
    "Judgement",
    "LineQuestion",
    "LogLine",
    "LoginFailure",
    "LoginSession",
    "Match",
    "MatchedRow",
    "MatchedVersion",
    "Meeting",
    "MeetingCount",
    "Milestone",
    "MonthClosing",
    "Notice",
    "NoticeDelivery",
    "NoticeSetting",
    "Objection",
    "OneTimeLink",
    "PendingLine",
    "PendingStep",
    "Person",
    "PersonDay",
    "PinnedTask",
    "Position",
    "PositionOrigin",
    "PositionVersion",
    "PushSubscription",
    "QuietTime",
    "Reconciliation",
    "Reminder",
    "Requirement",
    "RoleGrant",
    "Ruling",
    "Seat",
    "SectionRemark",
    "SourceDocument",
    "StoredFile",
    "Submission",
    "Succession",
    "SuccessorChoice",
    "Task",
    "TaskSuccession",
    "TaskVersion",
    "Unit",
    "VotingRule",
    "WorkItem",
    "WorkItemStep",
]
