"""The lock, the licences, the commands and the documents agree with each other."""

import re
import shutil
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = re.findall(r"^([A-Za-z0-9][\w.-]*)==.*(?:\n .*)*", LOCK, re.MULTILINE)
DOCUMENTS = ["README.md", "README.zh-CN.md", *(str(p.relative_to(ROOT)) for p in sorted((ROOT / "docs").rglob("*.md")))]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", ["requirements.lock", "tools/uv.txt", "tools/editables.txt"])
def test_a_lock_names_versions_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?:extra-|default-)?(?:index|find)", text, re.MULTILINE)
    entries = re.split(r"^(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)
    for entry in filter(str.strip, entries):
        assert re.match(r"[\w.-]+==[\w.]+", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


def test_the_lock_holds_every_package_the_project_asks_for() -> None:
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    names = {normal(re.split(r"[<>=!~;\[ ]", line)[0]) for line in asked}
    assert names - {normal(name) for name in PINNED} == set()


def test_every_locked_package_stands_in_the_notices_with_its_licence() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    listed = {
        normal(name): licence for name, licence in re.findall(r"^\| ([\w.-]+) \| (.+) \|$", notices, re.MULTILINE)
    }
    assert {normal(name) for name in PINNED} - set(listed) == set()
    assert all(licence.strip() for licence in listed.values())


def test_every_font_stands_in_the_notices_beside_its_licence() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8").replace(" ", "")
    fonts = [path for path in (ROOT / "templates" / "fonts").iterdir() if path.suffix in {".otf", ".ttf", ".ttc"}]
    assert fonts
    assert [font.name for font in fonts if font.stem.split("-")[0] not in notices] == []
    assert {"OFL.txt", "COPYING-Fandol.txt"} <= {path.name for path in (ROOT / "templates" / "fonts").iterdir()}


def test_the_licence_is_the_one_the_project_names() -> None:
    assert PROJECT["project"]["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_refers_to_what_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    missing = [link for link in links if not (ROOT / document).parent.joinpath(link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_speaks_of_targets_that_make_has(document: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    spoken = set(re.findall(r"(?:`|^ {4})make ([a-z]+)", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE))
    assert spoken <= targets


def test_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert set(re.findall(r"^ +make ([a-z]+)", shown, re.MULTILINE)) == set(phony.group(1).split())


def test_the_build_server_runs_the_tests_as_a_person_does() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert lines.index("make test") < lines.index("make check")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout on a machine with a shell and nothing else."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.lock", "Makefile"):
        shutil.copy(ROOT / name, tmp_path)
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in ("sh", "cat", "cksum", "dirname", "sed", "rm", "mv", "mkdir", "grep", "id", "env"):
        found = shutil.which(name)
        assert found
        (commands / name).symlink_to(found)
    return tmp_path


def set_up(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "tools/setup.sh"],
        cwd=checkout,
        env={"PATH": str(checkout / "commands"), "HOME": str(checkout), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def python_that(checkout: Path, version: tuple[int, int]) -> None:
    """Put a Python into the way that tells this version and has no module that could help."""
    script = checkout / "commands" / "python3"
    script.write_text(
        "#!/bin/sh\n"
        'case "$1 $2" in\n'
        f'  "--version "*) echo "Python {version[0]}.{version[1]}" ;;\n'
        f'  "-c import sys; sys.exit("*) exit {int(version < (3, 11))} ;;\n'
        '  "-c "*) ;;\n'
        "  *) exit 1 ;;\n"
        "esac\n",
        encoding="utf-8",
    )
    script.chmod(0o755)


def test_without_a_python_set_up_stops_with_the_line_that_helps(bare: Path) -> None:
    done = set_up(bare)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "sudo apt-get install python3" in done.stderr


def test_a_python_too_old_is_not_taken(bare: Path) -> None:
    python_that(bare, (3, 10))
    assert "no Python 3.11" in set_up(bare).stderr


def test_a_python_chosen_by_hand_is_taken_or_refused_by_name(bare: Path) -> None:
    done = set_up(bare, PYTHON="/nowhere/python")
    assert done.returncode == 1
    assert "/nowhere/python" in done.stderr


def test_a_python_without_venv_pip_and_ensurepip_stops_with_the_line_that_helps(bare: Path) -> None:
    python_that(bare, (3, 12))
    done = set_up(bare)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("sudo apt-get install python3-venv")
    assert not (bare / ".venv").exists()
