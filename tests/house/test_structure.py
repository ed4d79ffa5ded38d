"""What the house as a whole keeps to: sizes, rooms, and nothing in the repository that does not belong there."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

MOST_LINES = 450
PRODUCT = [path for room in ("jucai", "flows", "models") for path in sorted((ROOT / room).rglob("*.py"))]
STAND_APART = {"jucai.settings", "jucai.clock", "jucai.processes", "jucai.process_guard", "jucai.script"}

# Written so that this file does not contain what it looks for.
UNWELCOME = {
    "a path of somebody's machine": re.compile(r"(?<![\w.~}])/(?:work/main|root|home/[a-z]\w+|Users/[A-Za-z]\w+)/"),
    "a package registry": re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)"),
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "an access key": re.compile(r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk-[A-Za-z0-9]{32,})\b"),
    "a password in an address": re.compile(r"\b(?:postgresql|https?|imaps?|smtps?)[+\w]*://[^\s/:@]+:[^\s/@]+@"),
}
UNFINISHED = re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X|raise NotImplemented)")


def committed() -> list[Path]:
    """What git holds or would take; without git, all that lies here outside hidden folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.parts)]
    return [path for path in paths if path.is_file()]


def texts() -> list[tuple[str, str]]:
    """The committed text files, by their path in the repository; letters and PDFs of the samples are data."""
    found = []
    for path in committed():
        data = path.read_bytes()
        name = path.relative_to(ROOT).as_posix()
        if b"\0" not in data and path.suffix not in {".eml", ".pdf"}:
            found.append((name, data.decode("utf-8", errors="replace")))
    return found


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_holds_one_room_only(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("what", UNWELCOME)
def test_the_repository_holds_no(what: str) -> None:
    found = {name: hit.group() for name, text in texts() if (hit := UNWELCOME[what].search(text))}
    assert found == {}


def test_the_search_finds_what_it_looks_for() -> None:
    examples = {
        "a path of somebody's machine": "open('/home/" + "wang/jucai.toml')",
        "a package registry": "https://" + "pypi" + ".org/simple",
        "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
        "an access key": "AKIA" + "A" * 16,
        "a password in an address": "postgresql+psycopg://jucai:" + "secret@db/jucai",
    }
    assert set(examples) == set(UNWELCOME)
    for what, text in examples.items():
        assert UNWELCOME[what].search(text), what


def test_nothing_is_left_for_later_in_product_and_templates() -> None:
    rooms = ("jucai/", "flows/", "models/", "templates/", "programmes/", "migrations/")
    found = {name: hit.group() for name, text in texts() if name.startswith(rooms) and (hit := UNFINISHED.search(text))}
    assert found == {}


def test_every_room_stands_in_a_layer() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    placed = {room.strip(" ()") for layer in layers for room in re.split("[|:]", layer)}
    rooms = {f"jucai.{path.stem}" for path in (ROOT / "jucai").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert rooms - {"jucai.__init__", "jucai.__pycache__"} - placed - STAND_APART == set()


def test_what_stands_apart_knows_nothing_of_ours() -> None:
    for room in sorted(STAND_APART):
        tree = ast.parse((ROOT / f"{room.replace('.', '/')}.py").read_text(encoding="utf-8"))
        imported = {
            name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        }
        ours = {name for name in imported if name.split(".")[0] in {"flows", "models", "jucai"}}
        assert ours <= STAND_APART


def test_every_package_says_what_it_is_for() -> None:
    for path in PRODUCT:
        if path.name == "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
