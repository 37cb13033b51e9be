"""Which pictures are taken of which pages, at which moment of the story, and by whose eyes."""

from typing import NamedTuple

DESK, PHONE = (1180, 760), (360, 780)
Size = tuple[int, int]


class Shot(NamedTuple):
    """One picture; `path` may name what the story made, as `{dossier}`, and a place on the page."""

    name: str
    who: str
    size: Size
    path: str


SHOTS = {
    "load": (
        Shot("trang-dau", "tochuctinh", DESK, "/"),
        Shot("danh-muc", "tochuctinh", DESK, "/danh-muc?tim=cong+tac+can+bo"),
        Shot("vi-tri", "tochuctinh", DESK, "/vi-tri/5"),
        Shot("van-ban", "tochuctinh", DESK, "/van-ban"),
        Shot("gio-thang", "tochuctinh", DESK, "/gio?thang=2024-03"),
        Shot("don-vi", "thutruong", DESK, "/don-vi/1"),
        Shot("nguon-goc", "tochuctinh", DESK, "/dong/{line}"),
        Shot("hom-nay", "canbo", PHONE, "/ngay-cua-toi"),
        Shot("ma-tran", "tochuctinh", DESK, "/doi-chieu/ma-tran"),
        Shot("moc-thoi-han", "tochuctinh", DESK, "/moc-thoi-han/{milestone}"),
        Shot("moc-dien-thoai", "thutruong", PHONE, "/moc-thoi-han/{milestone}"),
    ),
    "send": (Shot("nhap-xem-lai", "tochuctinh", DESK, "/nhap-phu-luc/{job}#tong-so"),),
    "reconcile": (
        Shot("doi-chieu", "tochuc", DESK, "/doi-chieu/{lists}?tinh-trang=chua#danh-sach"),
        Shot(
            "doi-chieu-dien-thoai", "tochuc", PHONE, "/doi-chieu/{lists}?tinh-trang=chua#danh-sach"
        ),
    ),
    "draft": (Shot("soan-ho-so", "tochuctinh", DESK, "/ho-so/{dossier}/soan"),),
    "review": (
        Shot("ho-so-trinh", "uyvien1", DESK, "/ho-so/{dossier}"),
        Shot("ho-so-dien-thoai", "uyvien1", PHONE, "/ho-so/{dossier}#viec-can-lam"),
        Shot("phieu-dien-thoai", "uyvien1", PHONE, "/ho-so/{dossier}/phieu"),
        Shot("phieu-giay", "thuky", DESK, "/ho-so/{dossier}/phieu-giay"),
    ),
    "rule": (
        Shot("ket-luan", "thuongvu", DESK, "/ho-so/{dossier}/muc/{item}"),
        Shot("ban-hanh", "uyvien1", DESK, "/ho-so/{dossier}/ban-hanh#quyet-dinh"),
    ),
    "issue": (
        Shot("da-ban-hanh", "uyvien1", DESK, "/ban-hanh/{issuance}"),
        Shot("cong-khai", "canbo", DESK, "/cong-khai/{issuance}"),
        Shot("cong-khai-dien-thoai", "canbo", PHONE, "/cong-khai/{issuance}"),
        Shot("so-sanh", "tochuctinh", DESK, "/danh-muc/so-sanh?tu=2024-04-09&den=2024-04-10"),
        Shot("chuyen-doi", "tochuc", DESK, "/chuyen-doi"),
    ),
}
# picture, at which moment, from which address: the first page of a Word file
PAPERS = {
    "review": (
        ("word-to-trinh", "/ho-so/{dossier}/to-trinh.docx"),
        ("word-phieu-lay-y-kien", "/ho-so/{dossier}/phieu-lay-y-kien.docx"),
    ),
    "issue": (
        ("word-quyet-dinh", "/ho-so/{dossier}/quyet-dinh.docx"),
        ("word-so-sanh", "/danh-muc/so-sanh.docx?tu=2024-04-09&den=2024-04-10&co-quan={agency}"),
    ),
}
