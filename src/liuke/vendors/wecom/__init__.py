"""WeCom (企业微信, qyapi.weixin.qq.com): one app of a company, its calls, signatures, log-in and callbacks.

`app.py` (token, one call), `messages.py` and `cards.py` (to colleagues), `robot.py` and `chats.py` (to groups), `customers.py`, `mass.py`
and `transfer.py` (外部联系人), `behaviour.py`, `jssdk.py`, `login.py`, `callbacks.py`.
"""
