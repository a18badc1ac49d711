"""Step 1: bring rows in.

Comes in: uploaded files, watched folders, read-only SQL queries, JSON activities by API, the shipped sample.
Goes out: a durable inbox row (`store.models.Batch`) and text columns in chunks (`domain.chunk.Chunk`) that `align` maps.
Read `domain/detected.py` (what a file looks like), `sources/<kind>/` (how each kind is read) and `service/` (the inbox,
saved sources, ingest). Nothing here knows what a column means: that is `align`.
"""
