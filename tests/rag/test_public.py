"""The public face: `from rag import open_chatbot`, as the README shows it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import rag
from corpus.article import Article
from rag import Answer, Question, Settings, open_chatbot
from rag.answer import Status
from rag.assembly import open_library
from rag.errors import HomeLockedError, SettingsError

ROOT = Path(rag.__file__).parent.parent
DEMAND = Article(id="demand", title="Russia sets out demands", text="Russia demanded a halt to the expansion of NATO.")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A real library of one article, where a program finds it by default."""
    with open_library(Settings()) as library:
        assert [receipt.id for receipt in library.add([DEMAND])] == ["demand"]
    return tmp_path / ".dateline"


def test_the_example_of_the_readme_runs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert len(example.strip().splitlines()) <= 5
    assert "“Russia demanded a halt to the expansion of NATO.” [1]" in capsys.readouterr().out


def test_a_chatbot_is_opened_with_settings_and_closed(home: Path) -> None:
    with open_chatbot(home, k=3) as chatbot:
        answer = chatbot.ask("What did Russia demand?")
        assert isinstance(answer, Answer)
        assert (answer.answer_span, answer.status) == ("a halt to the expansion of NATO", Status.ANSWERED)
        assert chatbot.retriever.k == 3
        assert chatbot.invoke(Question("What did Russia demand?")).quotes == answer.quotes
        with pytest.raises(HomeLockedError), open_chatbot(str(home)):
            pass
    with open_chatbot(home) as again:
        assert again.ask("What did Russia demand?").quotes == answer.quotes


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(SettingsError, match="colour"), open_chatbot(colour="red"):
        pass


def test_importing_rag_is_cheap() -> None:
    program = "import sys, rag; print(*sorted({name.partition('.')[0] for name in sys.modules} & {*sys.argv[1:]}))"
    heavy = ("chromadb", "corpus", "embeddings", "langchain_core", "numpy", "onnxruntime", "pydantic", "tantivy")
    found = subprocess.run(
        [sys.executable, "-c", program, *heavy], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert found.stdout.split() == []


def test_the_public_names_are_there_and_no_others() -> None:
    assert {name: getattr(rag, name) for name in rag.__all__ if name != "VERSION"} == {
        "Answer": Answer, "Question": Question, "Settings": Settings, "open_chatbot": open_chatbot,
    }  # fmt: skip
    assert {*rag.__all__} <= {*dir(rag)}
    with pytest.raises(AttributeError, match=r"module 'rag' has no attribute 'open_chatbott'"):
        getattr(rag, "open_chatbott")  # noqa: B009
