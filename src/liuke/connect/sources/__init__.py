"""One folder per kind of source: `files` (CSV, XLSX), `folder` (watched), `sql` (read-only query), `sample` (shipped)."""
