"""Build the seed's Word files and what each must read to, from the data in `source`."""

from pathlib import Path

from seed.btctw_2752_2765.making import annex_file, libreoffice
from seed.btctw_2752_2765.making.source import SEED, PositionList, position_lists, reference


def annexes(lists: list[PositionList]) -> dict[str, bytes]:
    """Write every reference list; those that LibreOffice saves are left out where it is missing."""
    marks = reference()
    files = {source.annex: annex_file.write(source, marks) for source in lists}
    resaved = {source.annex for source in lists if source.layout.saved_by == "LibreOffice"}
    kept = {name: data for name, data in files.items() if name not in resaved}
    if not libreoffice.installed():
        return kept
    named = {Path(name).name: files[name] for name in sorted(resaved)}
    saved = libreoffice.save_anew(named)
    return kept | {name: saved[Path(name).name] for name in resaved}


def main() -> None:
    """Write everything anew beside this file."""
    for name, data in annexes(position_lists()).items():
        target = SEED / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    main()
