"""The bounds of the house style, checked on the syntax tree of every module."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAX_MODULE_LINES = 250
MAX_FUNCTION_LINES = 40
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
LAYERS = {"corpus": {"corpus"}, "embeddings": {"embeddings"}, "rag": {"rag", "corpus", "embeddings"}}
"""Package -> the packages of ours that it may import."""
ORDER = (
    *("english", "errors", "question", "answer", "settings", "library", "cluster", "following"),
    *("chat_model", "llama", "chat_provider", "asking", "prose", "wire"),
    *("evaluation", "programs", "chat_assembly", "assembly", "cluster_assembly", "following_assembly", "web", "cli"),
)
"""The packages and modules of `rag`: each may import those before it."""
MAX_MODULES = 15
"""In one folder of `rag`."""

OWNERS = {
    "chromadb": ("rag/library/vectors/*.py",),
    "ray": ("rag/cluster/cluster.py",),
    "tantivy": ("rag/library/words.py",),
    "trafilatura": ("corpus/loading/html.py",),
    "protego": ("corpus/loading/robots.py",),
    "feedparser": ("corpus/loading/feed.py",),
    "pypdfium2": ("corpus/loading/pdf.py",),
    "rapidocr": ("corpus/loading/recognition.py",),
    "PIL": ("corpus/loading/picture.py",),
    "docx": ("corpus/loading/docx.py",),
    "py3langid": ("corpus/language.py", "rag/english/foreign.py"),
    "justext": ("rag/english/foreign.py",),
    "sqlite3": ("rag/library/engines/sqlite.py", "rag/library/upkeep/*.py"),
    "sqlalchemy": ("rag/library/database.py", "rag/library/engines/*.py"),
    "psycopg": ("rag/library/engines/*.py",),
    "langchain": ("rag/chat_provider.py",),
    "xllamacpp": ("rag/llama/__main__.py",),
    "datasketch": ("rag/library/stories.py",),
    "Stemmer": ("rag/english/terms.py",),
    "rapidfuzz": ("rag/english/names.py",),
    "spellchecker": ("rag/english/people.py",),
    "scipy": ("rag/evaluation/*.py",),
    "typer": ("rag/cli/*.py",),
    "rich": ("rag/cli/*.py",),
    "gradio": ("rag/web/*.py", "rag/web/*/*.py"),
    "mcp": ("rag/programs/mcp.py",),
    "uvicorn": ("rag/web/serving/listener.py",),
    "prometheus_client": ("rag/web/serving/measures.py",),
    "torch": ("embeddings/*.py", "embeddings/*/*.py", "embeddings/*/*/*.py"),
    "sentence_transformers": ("embeddings/*.py", "embeddings/*/*.py", "embeddings/*/*/*.py"),
    "onnxruntime": ("embeddings/*.py", "embeddings/*/*.py", "embeddings/*/*/*.py"),
}
"""Library -> the modules that may import it."""

KNOWS_SETTINGS = (
    "app.py",
    "rag/__init__.py",
    "rag/assembly.py",
    "rag/chat_assembly.py",
    "rag/cluster_assembly.py",
    "rag/following_assembly.py",
    "rag/settings.py",
    "rag/cli/*.py",
    "rag/web/server.py",
)
PRINTS = (
    "rag/cli/*.py",
    "rag/__main__.py",
    "embeddings/training/__main__.py",
    "embeddings/training/verdicts/__main__.py",
)

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

SOURCES = {
    path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("app.py", "corpus", "embeddings", "rag", "tests")
    for path in ([ROOT / folder] if folder.endswith(".py") else sorted((ROOT / folder).rglob("*.py")))
    if path.exists()
}
PRODUCT = {path: tree for path, tree in SOURCES.items() if path.parts[0] != "tests"}


def find_functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


@cache
def find_imports(tree: ast.AST) -> list[str]:
    """Return the dotted name of everything imported; `from a import b` as `a.b`."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names]
    return names


def find_calls(tree: ast.AST) -> Iterator[str]:
    return (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


def is_one_of(path: Path, patterns: tuple[str, ...]) -> bool:
    return any(path.match(pattern) and len(path.parts) == pattern.count("/") + 1 for pattern in patterns)


def test_the_sources_are_found() -> None:
    assert {Path("corpus/article.py"), Path("embeddings/encoder.py"), Path("rag/library/library.py")} <= PRODUCT.keys()


def test_modules_are_short() -> None:
    lengths = {str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: lines for path, lines in lengths.items() if lines > MAX_MODULE_LINES} == {}


def test_functions_are_short() -> None:
    lengths = {
        f"{path}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path, tree in SOURCES.items()
        for function in find_functions(tree)
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES} == {}


def test_every_function_has_a_return_type() -> None:
    bare = [
        f"{path}:{function.name}"
        for path, tree in SOURCES.items()
        for function in find_functions(tree)
        if function.returns is None
    ]
    assert bare == []


def test_imports_go_one_way() -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in PRODUCT.items()
        for name in find_imports(tree)
        if name.split(".")[0] in {*LAYERS, "app", "tests"} - LAYERS.get(path.parts[0], set(LAYERS))
    ]
    assert wrong == []


@pytest.mark.parametrize("outside", ["asking", "prose", "evaluation", "programs", "cli", "web"])
def test_the_word_index_is_asked_only_for_passages(outside: str) -> None:
    importers = {
        name
        for path, tree in PRODUCT.items()
        if path.parts[:2] == ("rag", outside)
        for name in find_imports(tree)
        if name.startswith("rag.library.words.")
    }
    assert importers <= {"rag.library.words.WordIndex"}


def test_a_folder_of_rag_holds_few_modules() -> None:
    folders = Counter(str(path.parent) for path in PRODUCT if path.parts[0] == "rag" and path.stem != "__init__")
    assert {folder: count for folder, count in folders.items() if count > MAX_MODULES} == {}


def test_the_packages_of_rag_import_those_before_them() -> None:
    places = {name: place for place, name in enumerate(ORDER)}
    rooms = {path: path.with_suffix("").parts[1] for path in PRODUCT if path.parts[0] == "rag"}
    assert {*rooms.values()} == {*ORDER, "__init__", "__main__"}
    wrong = [
        f"{path} imports {name}"
        for path, room in rooms.items()
        if room in places
        for name in find_imports(PRODUCT[path])
        if name.startswith("rag.") and places.get(name.split(".")[1], -1) > places[room]
    ]
    assert wrong == []


def test_imports_are_absolute() -> None:
    assert [f"{path}: {name}" for path, tree in SOURCES.items() for name in find_imports(tree) if name[0] == "."] == []


@pytest.mark.parametrize("foreign", OWNERS)
def test_a_foreign_library_is_imported_only_where_it_belongs(foreign: str) -> None:
    importers = {path for path, tree in PRODUCT.items() for name in find_imports(tree) if name.split(".")[0] == foreign}
    assert [str(path) for path in importers if not is_one_of(path, OWNERS[foreign])] == []


def test_langchain_classic_and_community_are_not_used() -> None:
    unwanted = {"langchain_classic", "langchain_community"}
    assert [
        path for path, tree in SOURCES.items() if unwanted & {name.split(".")[0] for name in find_imports(tree)}
    ] == []


def test_only_the_outermost_modules_know_the_settings() -> None:
    importers = {
        path for path, tree in PRODUCT.items() for name in find_imports(tree) if name.startswith("rag.settings.")
    }
    assert [str(path) for path in importers if not is_one_of(path, KNOWS_SETTINGS)] == []


def test_no_module_has_a_vague_name() -> None:
    assert [str(path) for path in SOURCES if VAGUE_NAMES & {*path.parts[:-1], *path.stem.split("_")}] == []


def test_only_the_command_line_prints() -> None:
    printing = [path for path, tree in PRODUCT.items() if "print" in find_calls(tree)]
    assert [str(path) for path in printing if not is_one_of(path, PRINTS)] == []


def test_only_main_modules_exit() -> None:
    exits = {"sys.exit", "exit", "quit", "os._exit"}
    exiting = [path for path, tree in PRODUCT.items() if exits & {*find_calls(tree)}]
    assert [str(path) for path in exiting if path.stem != "__main__" and path != Path("app.py")] == []


def test_no_except_is_bare_or_silent() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.body[0]) in ("pass", "..."))
    ]
    assert wrong == []


def test_tests_patch_no_modules() -> None:
    names = {str(path): {*find_imports(tree), *find_calls(tree)} for path, tree in SOURCES.items()}
    assert {path: found for path, found in names.items() if any("mock" in name.split(".") for name in found)} == {}
