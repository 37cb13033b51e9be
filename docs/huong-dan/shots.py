"""Which pictures are taken of which pages, at which moment of the story, and by whose eyes."""

from typing import NamedTuple

DESK, PHONE = (1180, 760), (360, 780)
CHARTS = (1180, 1040)
Size = tuple[int, int]


class Shot(NamedTuple):
    """One picture; `path` may name what the story made, as `{dossier}`, and a place on the page.

    `typed` is the field that is filled in before it is taken, and with what; `after` is a page that
    is opened before, where the device remembers it.
    """

    name: str
    who: str
    size: Size
    path: str
    typed: tuple[str, str] | None = None
    after: str | None = None


PASTED = (
    "1. Kiểm tra bình chữa cháy trên xe\tSổ theo dõi xe\tlượt\tĐủ bình, còn hạn\t15p\t"
    "Làm ra sản phẩm\n2. Dự tập huấn lái xe an toàn\t\t\tDự đủ buổi\t\tHọp"
)

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
        Shot("khung-nang-luc", "tochuctinh", DESK, "/khung-nang-luc?xem=dam-nhat#ma-tran"),
        Shot("danh-gia-nang-luc", "thutruong", CHARTS, "/danh-gia-nang-luc/{assessment}#ket-qua"),
        Shot("nhu-cau-dao-tao", "tochuctinh", DESK, "/nhu-cau-dao-tao#theo-cap-do"),
        Shot("trao-doi-nang-luc", "tochuctinh", DESK, "/nang-luc/trao-doi"),
    ),
    "tell": (
        Shot("ngay-da-ghi", "canbo", PHONE, "/ngay-cua-toi#da-ghi"),
        Shot("tuan", "canbo", CHARTS, "/tuan-cua-toi"),
        Shot("khong-co-mang", "canbo", PHONE, "/ngoai-tuyen", after="/ngay-cua-toi"),
    ),
    "ask": (
        Shot("viec-phat-sinh", "canbo", PHONE, "/viec-phat-sinh"),
        Shot("gan-nhiem-vu", "thutruong", DESK, "/cho-gan/{pending}"),
        Shot("viec-nhieu-ngay", "canbo", PHONE, "/viec-nhieu-ngay/{work}"),
    ),
    "judge": (
        Shot("danh-gia-tuan", "thutruong", CHARTS, "/danh-gia-ngay?ngay=2024-03-29"),
        Shot("danh-gia-dien-thoai", "thutruong", PHONE, "/danh-gia-ngay?ngay=2024-03-29#danh-sach"),
        Shot("ket-qua-cua-toi", "canbo", CHARTS, "/ket-qua-cua-toi?thang=2024-03"),
        Shot("loi-nhac", "canbo", PHONE, "/loi-nhac"),
        Shot("bang-cong-khai", "canbo", CHARTS, "/bang-cong-khai?ngay=2024-03-29"),
        Shot("khoa-thang", "tochuctinh", DESK, "/khoa-thang"),
    ),
    "bring": (Shot("nhap-nhat-ky", "canbo", DESK, "/nhap-nhat-ky/{diary_job}"),),
    "begin": (
        Shot("soan-mo-ta", "tochuc", DESK, "/soan-mo-ta/{description_draft}"),
        Shot("soan-nhiem-vu", "tochuc", DESK, "/soan-mo-ta/{description_draft}#d2-"),
        Shot(
            "dan-nhieu-dong",
            "tochuc",
            DESK,
            "/soan-mo-ta/{description_draft}#d1-paste",
            ("#d1-paste", PASTED),
        ),
        Shot("soan-dien-thoai", "tochuc", PHONE, "/soan-mo-ta/{description_draft}#d0-"),
    ),
    "complete": (
        Shot("gui-tham-dinh", "tochuc", DESK, "/soan-mo-ta/{description_draft}/trinh#thay-doi"),
    ),
    "submit": (Shot("tham-dinh", "tochuctinh", DESK, "/tham-dinh-mo-ta/{submission}#cho-ai"),),
    "send_back": (
        Shot("bi-tra-lai", "tochuc", DESK, "/soan-mo-ta/{description_draft}#nhiem-vu"),
        Shot("tien-do-mo-ta", "tochuctinh", DESK, "/soan-mo-ta"),
        Shot("viec-mo-ta", "tochuc", DESK, "/soan-mo-ta#danh-sach"),
    ),
    "approve": (
        Shot(
            "so-sanh-mo-ta",
            "tochuc",
            DESK,
            "/mo-ta/so-sanh?tu={present}&den={approved}&cach=hai-cot#khac-nhau",
        ),
    ),
    "receive": (Shot("nhap-mo-ta", "tochuc", DESK, "/nhap-mo-ta/{description_job}#ten-0"),),
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
    "approve": (("word-mau-mo-ta", "/mo-ta/{approved}.docx"),),
    "put": (("word-so-sanh-mo-ta", "/soan-mo-ta/{received_draft}/so-sanh.docx"),),
    "review": (
        ("word-to-trinh", "/ho-so/{dossier}/to-trinh.docx"),
        ("word-phieu-lay-y-kien", "/ho-so/{dossier}/phieu-lay-y-kien.docx"),
    ),
    "issue": (
        ("word-quyet-dinh", "/ho-so/{dossier}/quyet-dinh.docx"),
        ("word-so-sanh", "/danh-muc/so-sanh.docx?tu=2024-04-09&den=2024-04-10&co-quan={agency}"),
    ),
}
