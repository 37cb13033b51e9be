"""Which role may do what: one table, deny by default."""

from collections.abc import Collection, Iterable, Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.domain.words import Role

_READERS_OF_ALL = frozenset({Role.ORGANISER, Role.COMMITTEE, Role.AUDITOR})


class Permission(StrEnum):
    """One function of the program; a route declares exactly one."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    READ_CATALOGUE = "read_catalogue"
    READ_DESCRIPTION = "read_description"
    READ_UNIT = "read_unit"
    READ_HOURS = "read_hours"
    READ_REPORT = "read_report"
    READ_LINE = "read_line"
    READ_HISTORY = "read_history"
    LOG_OWN_DAY = "log_own_day"
    READ_AUDIT = "read_audit"
    IMPORT_ANNEX = "import_annex"
    READ_RECONCILIATION = "read_reconciliation"
    RECONCILE = "reconcile"
    READ_DOSSIER = "read_dossier"
    DRAFT_DOSSIER = "draft_dossier"
    COMMENT = "comment"
    REVIEW = "review"
    ISSUE = "issue"
    CHOOSE_SUCCESSOR = "choose_successor"
    READ_MILESTONE = "read_milestone"
    ADD_MILESTONE = "add_milestone"
    EXTEND_MILESTONE = "extend_milestone"
    READ_DRAFT = "read_draft"
    DRAFT_DESCRIPTION = "draft_description"
    REMARK_ON_DRAFT = "remark_on_draft"
    APPRAISE_DESCRIPTION = "appraise_description"
    APPROVE_DESCRIPTION = "approve_description"
    SET_APPROVAL_RULE = "set_approval_rule"
    ACKNOWLEDGE = "acknowledge"
    KEEP_COMPETENCIES = "keep_competencies"
    OPEN_ASSESSMENT = "open_assessment"
    ASSESS_ONESELF = "assess_oneself"
    ASSESS = "assess"
    READ_ASSESSMENT = "read_assessment"
    READ_TRAINING_NEEDS = "read_training_needs"
    JUDGE_WORK = "judge_work"
    DECIDE_OBJECTION = "decide_objection"
    DELEGATE = "delegate"
    CLOSE_MONTH = "close_month"
    READ_BOARD = "read_board"
    ASK_ON_BOARD = "ask_on_board"
    KEEP_ABSENCES = "keep_absences"
    READ_CALENDAR = "read_calendar"
    KEEP_CALENDAR = "keep_calendar"
    KEEP_DIARY_RULES = "keep_diary_rules"
    IMPORT_DIARIES = "import_diaries"


# A deputy stands in for a head in judging, and in nothing else.
_EVERYBODY = frozenset(Role) - {Role.DEPUTY}
_NOT_ADMINISTRATOR = _EVERYBODY - {Role.ADMINISTRATOR}
_OFFICERS = frozenset({Role.ORGANISER, Role.UNIT_OFFICER})
_COMMITTEE = frozenset({Role.COMMITTEE})
_JUDGES = frozenset({Role.HEAD, Role.ORGANISER, Role.DEPUTY})

GRANTED: dict[Permission, frozenset[Role]] = {
    Permission.READ_CATALOGUE: _EVERYBODY,
    Permission.READ_DESCRIPTION: _NOT_ADMINISTRATOR,
    Permission.READ_UNIT: _NOT_ADMINISTRATOR,
    Permission.READ_HOURS: _READERS_OF_ALL | {Role.HEAD, Role.UNIT_OFFICER},
    Permission.READ_REPORT: _READERS_OF_ALL,
    Permission.READ_LINE: _NOT_ADMINISTRATOR,
    Permission.READ_HISTORY: _READERS_OF_ALL | {Role.HEAD, Role.UNIT_OFFICER},
    Permission.LOG_OWN_DAY: _NOT_ADMINISTRATOR - {Role.AUDITOR},
    Permission.READ_AUDIT: frozenset({Role.AUDITOR}),
    Permission.IMPORT_ANNEX: _OFFICERS,
    Permission.READ_RECONCILIATION: _READERS_OF_ALL | {Role.HEAD, Role.UNIT_OFFICER},
    Permission.RECONCILE: _OFFICERS,
    Permission.READ_DOSSIER: _READERS_OF_ALL | {Role.HEAD, Role.UNIT_OFFICER},
    Permission.DRAFT_DOSSIER: frozenset({Role.ORGANISER}),
    Permission.COMMENT: _OFFICERS | _COMMITTEE,
    Permission.REVIEW: _COMMITTEE,
    Permission.ISSUE: _COMMITTEE,
    Permission.CHOOSE_SUCCESSOR: _OFFICERS,
    Permission.READ_MILESTONE: _NOT_ADMINISTRATOR,
    Permission.ADD_MILESTONE: frozenset({Role.ORGANISER}),
    Permission.EXTEND_MILESTONE: _COMMITTEE,
    Permission.READ_DRAFT: _READERS_OF_ALL | {Role.HEAD, Role.UNIT_OFFICER},
    # Which of these may, for one description, is dated data: its ApprovalRule.
    Permission.DRAFT_DESCRIPTION: _OFFICERS,
    Permission.APPRAISE_DESCRIPTION: frozenset({Role.ORGANISER, Role.COMMITTEE}),
    Permission.APPROVE_DESCRIPTION: frozenset({Role.HEAD, Role.ORGANISER, Role.COMMITTEE}),
    Permission.REMARK_ON_DRAFT: frozenset({Role.HEAD, Role.ORGANISER, Role.COMMITTEE}),
    Permission.SET_APPROVAL_RULE: _COMMITTEE,
    Permission.ACKNOWLEDGE: _NOT_ADMINISTRATOR - {Role.AUDITOR},
    Permission.KEEP_COMPETENCIES: frozenset({Role.ORGANISER}),
    # Whose it may be: one's own, or of the units in which READ_ASSESSMENT was granted.
    Permission.OPEN_ASSESSMENT: _NOT_ADMINISTRATOR,
    Permission.ASSESS_ONESELF: _NOT_ADMINISTRATOR - {Role.AUDITOR},
    Permission.ASSESS: frozenset({Role.HEAD, Role.ORGANISER}),
    Permission.READ_ASSESSMENT: _READERS_OF_ALL | {Role.HEAD},
    Permission.READ_TRAINING_NEEDS: _READERS_OF_ALL | {Role.HEAD, Role.UNIT_OFFICER},
    # Whose work it may be: `Assessors` says, and a deputy stands in for the head who named them.
    Permission.JUDGE_WORK: _JUDGES,
    # The committee, where nobody else stands above who judged; `Judges.over` says.
    Permission.DECIDE_OBJECTION: _JUDGES | _COMMITTEE,
    Permission.DELEGATE: frozenset({Role.HEAD}),
    Permission.CLOSE_MONTH: frozenset({Role.HEAD, Role.ORGANISER}),
    Permission.READ_BOARD: _NOT_ADMINISTRATOR,
    # Who reads the boards of all units only reads them.
    Permission.ASK_ON_BOARD: frozenset({Role.STAFF, Role.HEAD, Role.UNIT_OFFICER}),
    Permission.KEEP_ABSENCES: frozenset({Role.HEAD, Role.UNIT_OFFICER}),
    Permission.READ_CALENDAR: _NOT_ADMINISTRATOR,
    Permission.KEEP_CALENDAR: frozenset({Role.ORGANISER}),
    Permission.KEEP_DIARY_RULES: _COMMITTEE,
    Permission.IMPORT_DIARIES: frozenset({Role.ORGANISER}),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person with what was granted to them on one day.

    `scopes` maps a role to the units it reaches, units below included; None stands for all units.
    """

    person_id: int
    account_id: int
    name: str
    scopes: dict[Role, frozenset[int] | None]
    on: date

    def may(self, permission: Permission) -> bool:
        return granted(permission, self.scopes.keys())

    def units(self, permission: Permission) -> frozenset[int] | None:
        """Give the units in which the person may do this; None stands for all units."""
        return _union(self.scopes[role] for role in GRANTED[permission] & self.scopes.keys())

    def may_in(self, permission: Permission, unit_id: int) -> bool:
        """Tell whether the person may do this in a unit."""
        units = self.units(permission)
        return units is None or unit_id in units


def granted(permission: Permission, roles: AbstractSet[Role]) -> bool:
    """Tell whether any of a person's roles opens what a permission guards."""
    if permission in (Permission.PUBLIC, Permission.SIGNED_IN):
        return True
    return bool(GRANTED[permission] & roles)


def _union(scopes: Iterable[Collection[int] | None]) -> frozenset[int] | None:
    units: set[int] = set()
    for scope in scopes:
        if scope is None:
            return None
        units.update(scope)
    return frozenset(units)
