"""Messages that only say that something was seen: 好的, 收到, 嗯, ok. They are no answer of a customer's mood."""

from __future__ import annotations

import re

_LONGEST = 16
_SIGNS = re.compile(r"[\W_]+")
_SEEN = re.compile(
    r"(?:好|好的|好滴|好哒|好嘞|好吧好的|嗯|恩|哦|噢|喔|行|可以|收到|知道|知道了|明白|明白了|了解|了解了|清楚了|谢谢|多谢|感谢|辛苦|辛苦了|没问题|没事|呢|哈|啦|了|"
    r"您|你|亲|我|是的|对|对的|ok|okay|okk|okok|yes|yep|sure|thanks|thank you|thx|noted|got it|roger|嗯呐|嗯嗯|哈哈|微笑|ok的|的| )+"
)
_STARTS = re.compile(rf"[\W_]*{_SEEN.pattern}")
_ALONE = frozenset({"我", "你", "您", "亲", "了", "的", "呢", "没事"})


def is_acknowledgement(folded: str) -> bool:
    """Whether a folded text is nothing but such words; a text without words is none."""
    if len(folded) > 3 * _LONGEST or "?" in folded or _STARTS.match(folded) is None:
        return False
    words = _SIGNS.sub(" ", folded).strip()
    return 0 < len(words) <= _LONGEST and words not in _ALONE and _SEEN.fullmatch(words) is not None
