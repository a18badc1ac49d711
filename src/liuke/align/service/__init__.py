"""Use cases of the step `align`: `batches.py` (upload, map, import), `files.py` (a file to a batch), `sample.py`."""
