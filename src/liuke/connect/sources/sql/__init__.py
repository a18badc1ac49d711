"""A read-only query: `query.py` checks and runs one SELECT on PostgreSQL or SQLite."""
