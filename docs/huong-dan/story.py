"""The story that the guide's pictures tell: an example annex goes the whole way to a decision.

Its number says that it is an example; no text of a central decision is to be had.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from plays import AT, TODAY, Play
from sqlalchemy import select

from catalogue.domain import annex as annexes
from catalogue.domain.issuing import Terms
from catalogue.domain.layout import Letterhead, layout_on
from catalogue.domain.listing import ListedGroup, ListedPosition
from catalogue.domain.reviewing import Audience, Choice, MatchKind, Stage, Verdict
from catalogue.domain.roles import Viewer
from catalogue.domain.upload import Claim, UploadKind
from catalogue.domain.voting import Judgement, Mark
from catalogue.domain.words import Role, SourceState
from catalogue.exporters import position_annex as printed
from catalogue.importers import position_annex as read, recognising
from catalogue.models import Agency, Dossier, DossierItem, Reconciliation
from catalogue.queries import listings, matches
from catalogue.services import (
    annex_files,
    ballots,
    comments,
    dossier_items,
    dossiers,
    files,
    issuing,
    jobs,
    matching,
    reviews,
    rulings,
    sourcing,
)
from catalogue.services.cataloguing import Source

DUE = date(2024, 4, 15)
NUMBER, ISSUED = "VÍ DỤ-QĐ/BTCTW", "VÍ DỤ-QĐ/TU"
FILE_NAME = "vi-du-van-phong-tinh-uy.docx"
MERGED, SECURITY = "Văn thư, lưu trữ viên", "Chuyên viên về theo dõi lĩnh vực nội chính"
# what the list in force says, and what the example annex says in its place
CHANGED = {
    "Chuyên viên về công tác tài chính đảng": ("Chuyên viên về công tác quản lý tài chính đảng",),
    "Chuyên viên về quản lý nguồn nhân lực": ("Chuyên viên về công tác quản lý nguồn nhân lực",),
    "Chuyên viên về thi đua, khen thưởng": ("Chuyên viên về công tác thi đua, khen thưởng",),
    f"{SECURITY}, quốc phòng, an ninh và đối ngoại": (
        SECURITY,
        "Chuyên viên về theo dõi lĩnh vực quốc phòng, an ninh và đối ngoại",
    ),
    "Văn thư viên": (MERGED,),
    "Lưu trữ viên": (),
    "Chuyên viên về tiếp công dân, xử lý đơn thư gửi cấp ủy": (),
    "Chuyên viên về an toàn thông tin": ("Chuyên viên về an toàn thông tin", "Nhân viên cơ yếu"),
}
FIRST = {MatchKind.MERGED: "một người làm được cả hai việc"}
THEN = {
    MatchKind.SPLIT: "hai mảng việc do hai người theo dõi",
    MatchKind.LOCAL: "việc riêng của địa phương, đề nghị giữ",
    MatchKind.MISSING: "đơn vị chưa có, đề nghị lập mới",
}


class Story(Play):
    """An annex becomes a decision."""

    @property
    def moments(self) -> Sequence[Callable[[], None]]:
        return self.send, self.reconcile, self.draft, self.review, self.rule, self.issue

    def send(self) -> None:
        """Upload the example; what was read waits for somebody to look at it."""
        agency, content, by = self._agency(), self._example(), self.people["tochuctinh"]
        claim = Claim(UploadKind.SIGNED, NUMBER, agency.id, None, FILE_NAME)
        file = files.store(self.session, FILE_NAME, recognising.DOCX, content, by=by, at=AT)
        job = jobs.ask(self.session, file, claim, by=by, at=AT)
        jobs.take(self.session, at=AT)
        jobs.ready(self.session, job.id, annexes.as_json(read.read(content)), last=AT, at=AT)
        self.places["job"] = job.id

    def reconcile(self) -> None:
        """Record the example as a reference, never as signed; accept what is equal."""
        content, by = self._example(), self.people["tochuc"]
        jobs.discard(self.session, self.places["job"], by=self.people["tochuctinh"], at=AT)
        source = Source(
            document=sourcing.document(self.session, NUMBER, title="Ví dụ của hướng dẫn sử dụng"),
            agency=self._agency(),
            file_name=FILE_NAME,
            sha256=sha256(content).hexdigest(),
            state=SourceState.REFERENCE,
            valid_from=TODAY,
        )
        file = annex_files.record(
            self.session, read.read(content), source, by=self.people["tochuctinh"], at=AT
        )
        opened = matching.open(
            self.session, source.agency.id, file.id, unit_id=self.unit().id, by=by, at=AT
        )
        self.places["lists"] = opened.id
        matching.accept_alike(self.session, opened.id, 100.0, by=by, at=AT)
        self._rule_all(opened.id, by, FIRST)

    def draft(self) -> None:
        """Rule the rest, and gather it into a dossier."""
        lists, by = self.places["lists"], self.people["tochuctinh"]
        matching.accept_alike(self.session, lists, 60.0, by=self.people["tochuc"], at=AT)
        self._rule_all(lists, self.people["tochuc"], THEN)
        title = "Danh mục vị trí việc làm Văn phòng Tỉnh ủy (ví dụ)"
        dossier = dossiers.draft(
            self.session, title, unit_id=self.unit().id, due_on=DUE, by=by, at=AT
        )
        dossier_items.gather(self.session, dossier.id, lists, by=by, at=AT)
        self.places["dossier"] = dossier.id

    def review(self) -> None:
        """Submit; the standing body agrees; in the committee one disagrees, one is still at it."""
        key, chief = self.places["dossier"], self.people["thuongvu"]
        dossiers.submit(self.session, key, by=self.people["tochuctinh"], at=AT)
        reviews.take_up(self.session, key, by=chief, at=AT, today=TODAY)
        self._vote(Stage.STANDING, "thuongvu", {})
        self._vote(Stage.STANDING, "uyvien1", {})
        reviews.forward(self.session, key, by=chief, at=AT, today=TODAY)
        merged = self._item(MatchKind.MERGED)
        self.places["item"] = merged.ordinal
        self._vote(Stage.COMMITTEE, "thuongvu", {})
        objection = Mark(Choice.AGREE_AMENDED, "Nên ghi rõ là văn thư và lưu trữ")
        self._vote(Stage.COMMITTEE, "uyvien2", {merged.id: objection})
        self._open_ballot(merged)
        self._remark(merged)

    def rule(self) -> None:
        """Rule on the item in dispute, and conclude."""
        self._vote(Stage.COMMITTEE, "uyvien1", {})
        merged, by = self._item(MatchKind.MERGED), self.people["thuongvu"]
        ruled = Judgement(
            Stage.COMMITTEE,
            Verdict.ADOPT_AMENDED,
            "Nêu đủ hai việc",
            "Nhân viên văn thư và lưu trữ",
        )
        rulings.rule(self.session, merged.id, ruled, seen=0, by=by, at=AT, today=TODAY)
        reviews.conclude(self.session, self.places["dossier"], by=by, at=AT, today=TODAY)

    def issue(self) -> None:
        """Bring into force what was adopted."""
        terms = Terms(
            number=ISSUED,
            issued_on=TODAY,
            signatory="Người ký (ví dụ)",
            signatory_office="Phó Bí thư Thường trực",
            effective_from=TODAY,
            sha256_seen=self._dossier().sha256 or "",
        )
        key, by = self.places["dossier"], self.people["uyvien1"]
        issued = issuing.issue(self.session, key, terms, by=by, at=AT, today=TODAY)
        self.places["issuance"] = issued.id

    def _example(self) -> bytes:
        """Print the list in force as an annex, with the changes that the story needs."""
        letterhead = Letterhead("TỈNH ỦY HẬU GIANG", "VÍ DỤ", "VD", "Hậu Giang", TODAY)
        listing = listings.of_agency(self.session, self._agency(), TODAY, letterhead)
        example = replace(
            listing,
            groups=tuple(replace(each, positions=_changed(each)) for each in listing.groups),
            basis="(Ví dụ của hướng dẫn sử dụng, không phải văn bản của Trung ương)",
        )
        return printed.write(example, layout=layout_on(TODAY))

    def _rule_all(self, lists: int, by: int, wanted: dict[MatchKind, str]) -> None:
        """Rule as the program proposes, giving the reason that a person would."""
        opened = self.session.get_one(Reconciliation, lists)
        ruled = matches.listed(self.session, *matches.live(lists))
        for each in matching.proposals(self.session, opened, ruled):
            if why := wanted.get(each.kind):
                own, rows = [one.key for one in each.own], [one.key for one in each.rows]
                matching.rule(self.session, lists, each.kind, own, rows, why, by=by, at=AT)

    def _vote(self, stage: Stage, who: str, said: dict[int, Mark]) -> None:
        key, by = self.places["dossier"], self.people[who]
        ballot = ballots.take_up(self.session, key, stage, by=by, at=AT, today=TODAY)
        ballots.mark(self.session, ballot, said)
        ballots.agree_to_rest(self.session, ballot)
        ballots.send(self.session, ballot, by=by, at=AT)

    def _agency(self) -> Agency:
        return self.session.scalars(select(Agency).where(Agency.code == "VPTU")).one()

    def _dossier(self) -> Dossier:
        return self.session.get_one(Dossier, self.places["dossier"])

    def _item(self, kind: MatchKind) -> DossierItem:
        return next(item for item in self._dossier().items if item.kind is kind)

    def _open_ballot(self, disputed: DossierItem) -> None:
        """Leave a ballot half filled in, as its owner sees it before sending."""
        key, by = self.places["dossier"], self.people["uyvien1"]
        ballot = ballots.take_up(self.session, key, Stage.COMMITTEE, by=by, at=AT, today=TODAY)
        first = next(item for item in self._dossier().items if item.differs)
        said = {
            first.id: Mark(Choice.AGREE),
            disputed.id: Mark(Choice.DISAGREE, "Hai việc cần hai người"),
        }
        ballots.mark(self.session, ballot, said)

    def _remark(self, item: DossierItem) -> None:
        by = self.people["uyvien2"]
        viewer = Viewer(by, 0, "", {Role.COMMITTEE: None}, TODAY)
        said = comments.Said(item.id, Audience.ORGANISERS, "Hiện có mấy người giữ hai vị trí này?")
        written = comments.write(self.session, item.dossier_id, said, viewer=viewer, at=AT)
        comments.send(self.session, written.id, by=by, at=AT)


def _changed(group: ListedGroup) -> tuple[ListedPosition, ...]:
    """Give a group's positions as the example words them; what is new has no code yet."""
    return tuple(
        position if name == position.name else replace(position, name=name, code=None)
        for position in group.positions
        for name in CHANGED.get(position.name, (position.name,))
    )
