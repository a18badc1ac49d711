"""Aliyun's SMS (dysmsapi 2017-05-25). `signing.py` ACS3-HMAC-SHA256, `client.py` send and query, `reports.py` receipts and replies."""
