"""Tencent Cloud's SMS (2021-01-11). `signing.py` TC3-HMAC-SHA256, `client.py` send and query, `reports.py` receipts and replies."""
