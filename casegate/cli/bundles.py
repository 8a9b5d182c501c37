"""Case bundles on disk: a folder or zip with `case.json`, `documents/` and transactions."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from casegate.access.principals import Principal
from casegate.desk.desk import Desk
from casegate.errors import BundleInvalid
from casegate.model.base import faults
from casegate.model.bundle import CaseBundle

TRANSACTIONS = ("transactions.csv", "transactions.parquet")
MAX_ZIP_BYTES = 500_000_000


@dataclass(frozen=True)
class BundleFiles:
    """A bundle as read: the case, its documents by file name, its transactions."""

    case: CaseBundle
    documents: dict[str, bytes]
    transactions: tuple[str, bytes] | None


def read_bundle(path: Path) -> BundleFiles:
    """Read a bundle folder or zip. `truth.json` and anything unknown is left alone.

    Raises:
        BundleInvalid: no `case.json`, or one that breaks the schema; names every field.
    """
    files = _zip(path) if path.is_file() else _folder(path)
    if "case.json" not in files:
        raise BundleInvalid(f"{path.name} holds no `case.json`")
    try:
        case = CaseBundle.model_validate_json(files["case.json"])
    except ValidationError as bad:
        problems = "; ".join(faults(bad, whole="case"))
        raise BundleInvalid(f"{path.name}/case.json: {problems}") from None
    sent = [(name, files[name]) for name in TRANSACTIONS if name in files]
    return BundleFiles(
        case=case,
        documents={
            name.removeprefix("documents/"): data
            for name, data in sorted(files.items())
            if name.startswith("documents/")
        },
        transactions=sent[0] if sent else None,
    )


def _folder(path: Path) -> dict[str, bytes]:
    if not path.is_dir():
        raise BundleInvalid(f"{path.name} is neither a folder nor a zip file")
    wanted = [path / "case.json", *(path / name for name in TRANSACTIONS)]
    wanted += sorted((path / "documents").glob("*"))
    return {
        file.relative_to(path).as_posix(): file.read_bytes() for file in wanted if file.is_file()
    }


def _zip(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if sum(m.file_size for m in members) > MAX_ZIP_BYTES:
                raise BundleInvalid(f"{path.name} unpacks to more than {MAX_ZIP_BYTES} bytes")
            return {m.filename: archive.read(m) for m in members if ".." not in m.filename}
    except (zipfile.BadZipFile, RuntimeError) as bad:
        raise BundleInvalid(f"{path.name} is no readable zip file: {type(bad).__name__}") from None


def submit(desk: Desk, actor: Principal, files: BundleFiles) -> str:
    """Submit a bundle and queue its run; the same bundle again is the same case."""
    case = desk.submit(actor, files.case)
    for name, data in files.documents.items():
        desk.add_document(actor, case.id, filename=name, data=data)
    if files.transactions is not None:
        name, data = files.transactions
        desk.add_transactions(actor, case.id, filename=name, data=data)
    return desk.start(actor, case.id).id
