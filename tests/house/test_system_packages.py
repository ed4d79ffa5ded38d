"""A machine without Chromium or Dovecot skips their tests and says how to get them; the build server does not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

NEEDS_THE_SYSTEM = """
import pytest

def test_a_page_is_drawn(chromium_path): assert chromium_path
def test_mail_is_fetched(dovecot_path): assert dovecot_path
def test_another_page(requires_chromium): pass

@pytest.mark.dovecot
def test_more_mail(): pass

def test_nothing_special(): pass
"""


def run_on_a_bare_machine(tmp_path: Path, ci: str) -> subprocess.CompletedProcess[str]:
    tests = tmp_path / "tests"
    tests.mkdir()
    conftest = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    for place in ("/usr/sbin", "/usr/local", "/opt", "/Applications", "/usr/lib"):
        conftest = conftest.replace(f'"{place}/', '"/nowhere/')
    (tests / "conftest.py").write_text(conftest, encoding="utf-8")
    (tests / "test_needs.py").write_text(NEEDS_THE_SYSTEM, encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path,
        env={**os.environ, "PATH": str(tmp_path), "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )


def test_at_home_the_reason_and_the_remedy_are_shown(tmp_path: Path) -> None:
    done = run_on_a_bare_machine(tmp_path, ci="")
    assert done.returncode == 0, done.stdout
    assert "1 passed, 4 skipped" in done.stdout
    if sys.platform != "darwin":
        assert "sudo apt-get install chromium fonts-noto-cjk" in done.stdout
        assert "sudo apt-get install dovecot-imapd" in done.stdout


def test_on_the_build_server_a_missing_package_is_a_failure(tmp_path: Path) -> None:
    done = run_on_a_bare_machine(tmp_path, ci="true")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "1 passed" in done.stdout
    assert "skipped" not in done.stdout
