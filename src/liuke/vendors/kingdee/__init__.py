"""金蝶云星空 by its Web API (ExecuteBillQuery). `client.py` asks, `signing.py` signs, `answers.py` judges what comes back, `filters.py`
writes conditions. Only reads: no call here changes anything in the ERP."""
