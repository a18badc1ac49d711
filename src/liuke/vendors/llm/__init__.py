"""Any language model that answers as OpenAI's chat completions do: DeepSeek, Qwen, Kimi, vLLM, Ollama. One question, one JSON answer."""

from liuke.vendors.llm.client import Endpoint, ask

__all__ = ["Endpoint", "ask"]
