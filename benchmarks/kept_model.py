"""A chat model whose replies are kept: each prompt is put to it once, and a change of the rules asks nothing again."""

import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import add_ai_message_chunks
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import PrivateAttr

from rag.prose.writing import MAX_PROSE_CHARACTERS


class KeptModel(BaseChatModel):
    """Gives the reply that `path` keeps for a prompt, else asks `inner` and keeps what it writes.

    Example:
        model = KeptModel(path=Path("replies.jsonl"), inner=open_chat_model("gguf:model.gguf"))

    Attributes:
        path: one line of JSON a reply; several processes may add to it.
        inner: the model that is asked; None to ask nobody.
        seconds: what the calls took so far, when they were made.
        missing: how many prompts were not kept, and put to nobody.
    """

    path: Path
    inner: BaseChatModel | None = None
    seconds: float = 0.0
    missing: int = 0
    _replies: dict[str, dict[str, Any]] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: Any, /) -> None:
        """Read what is kept."""
        super().model_post_init(context)
        lines = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
        self._replies = {kept["prompt"]: kept for kept in map(json.loads, lines)}

    @property
    def _llm_type(self) -> str:
        return "kept"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        """Return the model that may call the tools, in the form of OpenAI's protocol."""
        return self.bind(tools=[convert_to_openai_tool(tool) for tool in tools], **kwargs)

    async def _astream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: Any = None, **kwargs: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        prompt = digest_prompt(messages, kwargs)
        if prompt not in self._replies:
            await self._ask(prompt, messages, kwargs)
        kept = self._replies[prompt]
        self.seconds += kept["seconds"]
        yield ChatGenerationChunk(message=AIMessageChunk(**kept["reply"]))

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        raise NotImplementedError("the product streams")

    async def _ask(self, prompt: str, messages: Sequence[BaseMessage], options: dict[str, Any]) -> None:
        if self.inner is None:
            self.missing += 1
            raise LookupError(f"no reply is kept in {self.path}: set DATELINE_CHAT_MODEL to ask for it")
        reply, began = AIMessageChunk(content=""), perf_counter()
        async for chunk in self.inner.astream(list(messages), **options):
            if isinstance(chunk, AIMessageChunk):
                reply = add_ai_message_chunks(reply, chunk)
            if len(str(reply.text)) > MAX_PROSE_CHARACTERS:
                break
        fields = reply.model_dump(mode="json", include={"content", "tool_call_chunks", "usage_metadata"})
        self._replies[prompt] = {"prompt": prompt, "reply": fields, "seconds": perf_counter() - began}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(self._replies[prompt]) + "\n")


def digest_prompt(messages: Sequence[BaseMessage], options: dict[str, Any]) -> str:
    """Return what tells a prompt, with the tools that go with it, from others."""
    said = json.dumps([[(message.type, str(message.text)) for message in messages], options], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:24]
