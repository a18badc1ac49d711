"""Thin HTTP clients of the vendors whose products customers live in; shared by log-in, connect and act. Knows nothing of Liuke.

One folder per vendor (`wecom/`, `dingtalk/`, `feishu/`, `aliyun_sms/`, `tencent_sms/`): calls, signatures, callbacks, error codes.
Read `answers.py` (how a call ends), `http.py` (one call) and `state.py` (tokens and limits, kept by whoever uses a client).
"""
