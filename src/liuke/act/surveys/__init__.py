"""Short surveys of our own (FBK-01): a link per customer, a page with one question, the answer in the profile at once.

In: a customer, a scale. Out: an answer (`service.py`), an activity `survey.answered`, a ticket for a bad one. `domain.py` says what an
answer may be and what is bad; the page itself is `show/api/public_survey.py`.
"""
