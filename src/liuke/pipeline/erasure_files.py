"""Files that speak of a person: photos, uploads still kept, files of rejects, accepted batches that wait, exports (DAT-18)."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from liuke.accounts.domain.tombstones import phone_of
from liuke.act.links.files import file_path
from liuke.act.plans.files import path_of
from liuke.act.store.models import ContactLink, VisitPhoto
from liuke.base.errors import NotFound, Transient
from liuke.connect.domain.kept import Kept, pack, unpack
from liuke.connect.domain.wire import Form
from liuke.connect.service.storing import uploads_dir
from liuke.connect.store.models import Batch, BatchBody
from liuke.facts.domain.person import Identity, Redaction, needles, spellings
from liuke.facts.store.models import PersonRequest
from liuke.show.queries.person_rows import person_tables
from liuke.show.service.persons import exports_dir

ENDED = (Batch.Status.DONE, Batch.Status.FAILED, Batch.Status.CANCELLED)
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
PHOTOS = "photos"


def files_erase(*, workspace_id: int, identity: Identity) -> dict[str, int]:
    """Take the person out of every kept file; counts by sort. Raises Transient where a workbook with the person waits for its import."""
    return {
        "photos": _photos(identity) if identity.is_customer else 0,
        "links": _links(identity) if identity.is_customer else 0,
        "uploads": _uploads(workspace_id, identity),
        "bodies": _bodies(workspace_id, identity),
        "exports": _exports(workspace_id, identity),
    }


def _photos(identity: Identity) -> int:
    tables = [table for table in person_tables(identity) if table.model is VisitPhoto]
    gone = 0
    for stored in [name for table in tables for name in table.rows.values_list("stored", flat=True)]:
        try:
            path_of(PHOTOS, stored).unlink(missing_ok=True)
            gone += 1
        except NotFound:
            continue
    return gone


def _links(identity: Identity) -> int:
    tables = [table for table in person_tables(identity) if table.model is ContactLink]
    kept = [path for table in tables for link in table.rows if (path := file_path(link)) is not None]
    for path in kept:
        path.unlink(missing_ok=True)
    return len(kept)


def _uploads(workspace_id: int, identity: Identity) -> int:
    """An upload whose import has ended is deleted where it names the person; one that waits and every file of rejects lose the rows."""
    touched = 0
    for batch in Batch.objects.filter(workspace_id=workspace_id).exclude(stored_name="", rejects_name=""):
        upload, rejects = uploads_dir() / batch.stored_name, uploads_dir() / batch.rejects_name
        if batch.stored_name and upload.is_file() and names(upload.read_bytes(), identity):
            touched += 1
            _upload(batch, upload, identity)
        if batch.rejects_name and rejects.is_file() and names(rejects.read_bytes(), identity):
            touched += 1
            rewrite(rejects, identity)
    return touched


def _upload(batch: Batch, path: Path, identity: Identity) -> None:
    if batch.status in ENDED:
        Batch.objects.filter(pk=batch.pk).update(stored_name="")
        path.unlink()
    elif not rewrite(path, identity):
        raise Transient("person_upload_waits", batch=batch.pk)


def names(data: bytes, identity: Identity) -> bool:
    """Whether a text file or a workbook holds a name, an address or, as a whole cell, the customer's number."""
    parts = list(_parts(data))
    looked = [spelling for needle in needles(identity) for spelling in spellings(needle)]
    if any(spelling in part for part in parts for spelling in looked):
        return True
    return identity.is_customer and any(_cell_of(spelling).search(part) for part in parts for spelling in spellings(identity.customer_key))


def rewrite(path: Path, identity: Identity) -> bool:
    """Write a delimited text file anew without the rows that name the person; False for a file that is no text."""
    data = path.read_bytes()
    if data[:2] == b"PK":
        return False
    encoding = _encoding(data)
    text = data.decode(encoding, "replace")
    delimiter = _delimiter(text)
    kept = io.StringIO()
    out = csv.writer(kept, delimiter=delimiter, lineterminator="\n")
    out.writerows(row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if not _speaks(row, identity))
    part = path.with_name(path.name + ".part")
    part.write_bytes(kept.getvalue().encode(encoding))
    part.replace(path)
    return True


def _speaks(row: list[str], identity: Identity) -> bool:
    texts = needles(identity)
    by_key = identity.is_customer and any(cell.strip().lstrip("'") == identity.customer_key for cell in row)
    return by_key or any(text in cell or phone_of(cell) == text for cell in row for text in texts)


def _parts(data: bytes) -> Iterator[bytes]:
    """The bytes, or what is packed in them where they are a workbook."""
    if data[:2] != b"PK":
        yield data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            yield packed.read(name)


def _cell_of(key: bytes) -> re.Pattern[bytes]:
    """The key between what ends a cell: separators, quotes, tags, line ends."""
    ends = rb"[\s,;|\t\"'<>\x00]"
    return re.compile(rb"(?:^|" + ends + rb")" + re.escape(key) + rb"(?:$|" + ends + rb")")


def _encoding(data: bytes) -> str:
    for encoding in ENCODINGS if data[:2] not in {b"\xff\xfe", b"\xfe\xff"} else ("utf-16",):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "utf-8" if encoding == "utf-8-sig" and not data.startswith(b"\xef\xbb\xbf") else encoding
    return "utf-8"


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t|", key=head.count)


def _bodies(workspace_id: int, identity: Identity) -> int:
    """Accepted rows by API: of a batch that waits the person's rows go, of one that was applied the whole copy does."""
    touched = 0
    for body in BatchBody.objects.filter(batch__workspace_id=workspace_id).select_related("batch").iterator(50):
        kept = unpack(body.body)
        if not names(kept.raw, identity):
            continue
        touched += 1
        if body.batch.status in ENDED:
            body.delete()
        else:
            BatchBody.objects.filter(pk=body.pk).update(body=pack(Kept(others_of(kept, identity), kept.form)))
    return touched


def others_of(kept: Kept, identity: Identity) -> bytes:
    """The rows of a body without those of the customer; where only a contact goes, without its name and addresses."""
    lines = kept.form is Form.LINES
    rows = [json.loads(line) for line in kept.raw.splitlines() if line.strip()] if lines else json.loads(kept.raw)
    others = [row for row in rows if not (identity.is_customer and isinstance(row, dict) and _key_of(row) == identity.customer_key)]
    told = [Redaction(identity, own=True).value(row) for row in others]
    return b"\n".join(map(_json, told)) if lines else _json(told)


def _key_of(row: Mapping[str, object]) -> str:
    return str(row.get("customer_key", row.get("key", ""))).strip()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _exports(workspace_id: int, identity: Identity) -> int:
    """Copies of the person's data that were made before; of a contact also those of its customer."""
    made = PersonRequest.objects.filter(workspace_id=workspace_id, customer_id=identity.customer_id).exclude(stored="")
    found = list(made)
    for request in found:
        (exports_dir() / request.stored).unlink(missing_ok=True)
    made.update(stored="")
    return len(found)
