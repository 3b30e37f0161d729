"""What a command loads before it answers."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SLOW_TO_LOAD = {"torch", "transformers", "sentence_transformers", "gradio", "pandas", "scipy", "datasketch"}
STORM = '{"id": "storm", "title": "Storm hits Lisbon", "text": "A storm hit Lisbon on Monday. It tore off 40 roofs."}'
PROGRAM = """
import sys
from rag.cli.commands import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def run(*arguments: str) -> tuple[str, set[str]]:
    """Run a command in a process of its own, and return what it printed and the packages it loaded."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    printed, loaded = output.rstrip().rpartition("\n")[::2]
    return printed, set(loaded.split())


@pytest.mark.timeout(600)
def test_to_add_and_to_ask_takes_no_torch(tmp_path: Path) -> None:
    (tmp_path / "storm.jsonl").write_text(STORM, encoding="utf-8")
    home = ("--home", str(tmp_path / "home"))
    printed, loaded = run("add", str(tmp_path / "storm.jsonl"), *home)
    assert ("added" in printed, "onnxruntime" in loaded, loaded & SLOW_TO_LOAD) == (True, True, {"datasketch", "scipy"})
    printed, loaded = run("ask", "How many roofs did the storm tear off?", *home)
    assert ("40 roofs" in printed, loaded & SLOW_TO_LOAD) == (True, set())
