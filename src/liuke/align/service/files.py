"""A whole file to one AlignedBatch, streamed: activities to Parquet on disk, rejected rows to a CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from liuke.accounts.domain.tombstones import Refusals
from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA, AlignedBatch, ContactRow, ContractRow, CustomerRow, OpportunityRow
from liuke.align.domain.clean import NOBODY, Clean, clean_chunk
from liuke.align.domain.entities import Entity
from liuke.align.domain.events import TO_ACTIVITIES, Alignment
from liuke.align.domain.mapping import ColumnMapping, Plan, plan_import
from liuke.align.domain.orders import line_rows, order_rows
from liuke.align.domain.rows import RowFacts, contact_rows, contract_rows, customer_rows, named_customers, opportunity_rows
from liuke.align.service.rejects import RejectsFile
from liuke.base.errors import TooLarge
from liuke.base.times import to_us
from liuke.connect.domain.chunk import Chunk
from liuke.connect.domain.detected import Detected
from liuke.connect.sources.files.rows import read_chunks

DEFAULT_SOURCE = "import"
"""Source of rows whose mapping names no system: uploads, folders and queries share it, so that they correct each other."""
RECORD_ROWS = 300_000
"""Most rows of a file of customers, contacts, contracts or opportunities: they are held in memory, activities are not."""


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """What a file does not say: whose it is. `now` is the workspace's clock, `language` the reader of the rejects."""

    batch_id: str
    zone: str
    currency: str
    now: datetime
    language: str = "zh-CN"
    refusals: Refusals = NOBODY
    """Who was erased and may not come back."""


@dataclass(frozen=True, slots=True)
class AlignedFile:
    """A file ready to be written by `facts.service.batch_write`. `match_rate` over all its values, 0–1."""

    batch: AlignedBatch
    rows_total: int
    rows_rejected: int
    rejects: Path | None
    match_rate: float
    newest_us: int | None = None
    """Time of the newest activity that is not in the future."""


@dataclass(slots=True)
class _Records:
    customers: list[CustomerRow] = field(default_factory=list)
    contacts: list[ContactRow] = field(default_factory=list)
    contracts: list[ContractRow] = field(default_factory=list)
    opportunities: list[OpportunityRow] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, entity: Entity, rows: pa.Table, facts: RowFacts) -> None:
        """Takes the records of clean rows. Raises TooLarge `too_many_records`."""
        match entity.name:
            case "customers":
                self.customers += customer_rows(rows, facts)
            case "contacts":
                self.contacts += contact_rows(rows, facts)
            case "contracts":
                self.contracts += contract_rows(rows, facts)
            case "opportunities":
                self.opportunities += opportunity_rows(rows, facts)
        if "customer_name" in rows.column_names and rows["customer_name"].null_count < rows.num_rows:
            self.names |= named_customers(rows)
        held = len(self.customers) + len(self.contacts) + len(self.contracts) + len(self.opportunities)
        if held > RECORD_ROWS:
            raise TooLarge("too_many_records", limit=RECORD_ROWS)

    def all_customers(self) -> list[CustomerRow]:
        """Customers of the file, or those that its activities name."""
        return self.customers or [CustomerRow(key=key, name=name) for key, name in self.names.items()]


def to_activities(rows: pa.Table, plan: Plan, how: Alignment) -> list[pa.Table]:
    """Activities of clean rows; customers and contacts make none."""
    if plan.entity.name == "orders":
        return line_rows(rows, how) if plan.has_lines else order_rows(rows, how)
    make = TO_ACTIVITIES.get(plan.entity.name)
    return make(rows, how) if make else []


def align_file(
    path: Path,
    *,
    detected: Detected,
    mapping: ColumnMapping,
    facts: ImportFacts,
    work_dir: Path,
    progress: Callable[[float], None] | None = None,
) -> AlignedFile:
    """Reads, checks and aligns the whole file in bounded memory; see `align_chunks`."""
    chunks = read_chunks(path, detected)
    return align_chunks(chunks, detected=detected, mapping=mapping, facts=facts, work_dir=work_dir, progress=progress)


def align_chunks(
    chunks: Iterable[Chunk],
    *,
    detected: Detected,
    mapping: ColumnMapping,
    facts: ImportFacts,
    work_dir: Path,
    progress: Callable[[float], None] | None = None,
) -> AlignedFile:
    """Checks and aligns rows in bounded memory, whether of a file or of a request.

    Leaves `<batch id>.parquet` and, if rows were rejected, `<batch id>.rejects.csv` in `work_dir` (overwriting them: a job
    that runs again starts over). `progress` (0–1) may raise to cancel. Raises Invalid for a mapping that does not fit.
    """
    plan = plan_import(mapping, detected.columns, facts.zone)
    how = Alignment(source=mapping.system or DEFAULT_SOURCE, zone=facts.zone, now_us=to_us(facts.now))
    row_facts = RowFacts(currency=mapping.currency or facts.currency, now=facts.now)
    staged, rejects = work_dir / f"{facts.batch_id}.parquet", work_dir / f"{facts.batch_id}.rejects.csv"
    records, counts = _Records(), _Counts()
    with (
        pq.ParquetWriter(staged, ALIGNED_ACTIVITY_SCHEMA, compression="zstd", compression_level=1) as writer,
        RejectsFile(rejects, plan.entity.name, detected.names, facts.language) as out,
    ):
        for clean in _clean(chunks, plan, facts.refusals):
            counts.add(clean)
            out.write(clean.rejects)
            records.add(plan.entity, clean.rows, row_facts)
            for table in to_activities(clean.rows, plan, how):
                writer.write_table(table)
                counts.see(table, how.now_us)
            if progress:
                progress(min(0.99, counts.rows / max(detected.rows, 1)))
    return AlignedFile(
        batch=AlignedBatch(
            batch_id=facts.batch_id,
            activities=[str(staged)] if counts.activities else [],
            customers=records.all_customers(),
            contacts=records.contacts,
            contracts=records.contracts,
            opportunities=records.opportunities,
        ),
        rows_total=counts.rows,
        rows_rejected=counts.rejected,
        rejects=rejects if counts.rejected else None,
        match_rate=plan.placed * counts.readable,
        newest_us=counts.newest_us,
    )


def _clean(chunks: Iterable[Chunk], plan: Plan, refusals: Refusals) -> Iterator[Clean]:
    for chunk in chunks:
        yield clean_chunk(chunk, plan, refusals)


@dataclass(slots=True)
class _Counts:
    rows: int = 0
    rejected: int = 0
    cells: int = 0
    wrong: int = 0
    activities: int = 0
    newest_us: int | None = None

    def add(self, clean: Clean) -> None:
        self.rows += clean.rows.num_rows + len(clean.rejects)
        self.rejected += len(clean.rejects)
        self.cells += clean.cells
        self.wrong += clean.wrong

    def see(self, table: pa.Table, now_us: int) -> None:
        self.activities += table.num_rows
        newest = pc.max(table["ts_us"].filter(pc.less_equal(table["ts_us"], now_us))).as_py()
        if newest is not None:
            self.newest_us = max(newest, self.newest_us or newest)

    @property
    def readable(self) -> float:
        """Share of the mapped values that could be read, 0–1."""
        return 1 - self.wrong / self.cells if self.cells else 1.0
