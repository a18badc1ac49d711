"""A language model behind OpenAI's chat completions, as they behave: answers, refusals, cut answers, nonsense, limits.

`says` is the object that the model answers with; `content` replaces the whole text of the answer. `asked` keeps the prompts.
"""

from __future__ import annotations

import json

from tests.simulators.server import Asked, Reply, Simulator, route, said

KEY = "sk-test"
PATH = "/v1/chat/completions"


class LanguageModel(Simulator):
    """Answers every question with `says`."""

    says: dict[str, object] = {"negative": 88, "leaving": 10, "sarcasm": True, "topic": "service"}  # noqa: RUF012 - replaced, never changed
    content: str | None = None
    finish = "stop"
    refusal: str | None = None

    @route("POST", PATH)
    def complete(self, request: Asked) -> Reply:
        """One completion; a wrong key is 401."""
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return said({"error": {"code": "invalid_api_key"}}, 401)
        text = json.dumps(self.says) if self.content is None else self.content
        message = {"role": "assistant", "content": None if self.refusal else text, "refusal": self.refusal}
        return said({"choices": [{"index": 0, "finish_reason": self.finish, "message": message}], "usage": {"total_tokens": 90}})

    def prompts(self) -> list[str]:
        """The texts that were shown to the model."""
        return [request.json["messages"][1]["content"] for request in self.asked(PATH)]  # type: ignore[index]
