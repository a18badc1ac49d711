"""Step 2: clean, map, match.

Comes in: text columns of a file (from `connect`) and a mapping of its columns to canonical fields.
Goes out: `domain.batch.AlignedBatch`, canonical entities and activities still addressed by the customer's own number.
Read `domain/entities.py` (every field that can be imported), `domain/suggest.py` (automatic mapping), `domain/orders.py`
(lines to orders), `service/files.py` (a whole file, streamed), `service/batches.py` (use cases of an upload) and
`service/sample.py` (the shipped sample).
"""
