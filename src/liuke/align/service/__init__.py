"""Use cases of an import, the front door for pipeline, show and cli.

`batches.py` (upload, map), `imports.py` (the job), `files.py` (a file to a batch), `preview.py`, `rejects.py`, `catalogue.py` (fields
for people), `sample.py` (the shipped sample). The inbox itself and saved sources are in `liuke.connect.service`.
"""

from liuke.align.service.batches import batch_map, batch_upload, source_check
from liuke.align.service.catalogue import EntityInfo, FieldInfo, entity_infos, entity_template
from liuke.align.service.files import AlignedFile, ImportFacts, align_file
from liuke.align.service.imports import batch_import
from liuke.align.service.preview import Preview, preview_file

__all__ = [
    "AlignedFile",
    "EntityInfo",
    "FieldInfo",
    "ImportFacts",
    "Preview",
    "align_file",
    "batch_import",
    "batch_map",
    "batch_upload",
    "entity_infos",
    "entity_template",
    "preview_file",
    "source_check",
]
