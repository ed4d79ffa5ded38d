"""What only the system can give, for all tests: Chromium with Chinese fonts, and Dovecot.

Where it is missing, the tests that need it are skipped with the line that installs it; under `CI=true` they fail.
Ask for `chromium_path` or `dovecot_path`, for `requires_chromium` or `requires_dovecot`, or mark a test
`chromium` or `dovecot`: all come to the same.
"""

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
DOVECOT_PLACES = ("/usr/sbin/dovecot", "/usr/local/sbin/dovecot", "/opt/homebrew/sbin/dovecot")
# The server alone is of no use: Debian packs the part that speaks IMAP apart from it.
IMAP_PLACES = ("/usr/lib/dovecot/imap", "/usr/libexec/dovecot/imap", "/usr/local/libexec/dovecot/imap")

MAC = sys.platform == "darwin"
CHROMIUM_LINE = "brew install --cask chromium" if MAC else "sudo apt-get install chromium fonts-noto-cjk fontconfig"
DOVECOT_LINE = "brew install dovecot" if MAC else "sudo apt-get install dovecot-imapd"


def _first(names: tuple[str, ...], places: tuple[str, ...]) -> Path | None:
    found = [path for name in names if (path := shutil.which(name))]
    found += [place for place in places if os.access(place, os.X_OK)]
    return Path(found[0]) if found else None


def _has_chinese_font() -> bool:
    if MAC:
        return True
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=zh-cn", "family"], capture_output=True, check=False).stdout.strip())


def chromium_fault() -> str | None:
    if _first(CHROMIUM_NAMES, CHROMIUM_PLACES) is None:
        return f"Chromium is not installed: {CHROMIUM_LINE}"
    if not _has_chinese_font():
        return f"no Chinese font is installed, pages would show boxes: {CHROMIUM_LINE}"
    return None


def dovecot_fault() -> str | None:
    brewed = tuple(str(path) for path in Path("/opt/homebrew").glob("Cellar/dovecot/*/libexec/dovecot/imap"))
    if _first(("dovecot",), DOVECOT_PLACES) is None or _first((), IMAP_PLACES + brewed) is None:
        return f"Dovecot with IMAP is not installed: {DOVECOT_LINE}"
    return None


def skip_or_fail(fault: str) -> None:
    """Skip where a person works; on the build server a test left out is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(fault, pytrace=False)
    pytest.skip(fault)


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    fault = chromium_fault()
    if fault:
        skip_or_fail(fault)
    found = _first(CHROMIUM_NAMES, CHROMIUM_PLACES)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def dovecot_path() -> Path:
    fault = dovecot_fault()
    if fault:
        skip_or_fail(fault)
    found = _first(("dovecot",), DOVECOT_PLACES)
    assert found is not None
    return found


@pytest.fixture
def requires_chromium(chromium_path: Path) -> None:
    pass


@pytest.fixture
def requires_dovecot(dovecot_path: Path) -> None:
    pass


LONG = (
    "flows/test_each_flow", "flows/test_kill", "flows/test_power_cut", "flows/test_schedules", "flows/test_worker",
    "casework/test_letters_become_cases", "reading/test_counties", "reading/test_samples", "approval/test_model",
    "store/test_races", "casework/test_beside_dovecot", "desk/test_in_the_browser", "reading/test_witness",
)  # fmt: skip
"""Files that take long: begun first, the two halves of a run end together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {f"{name}.py": rank for rank, name in enumerate(LONG)}
    items.sort(key=lambda item: ranks.get("/".join(item.path.parts[-2:]), len(LONG)))


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep each file on one worker, and all flows on one: two Prefect servers at a time hold each other up."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - only the one that hands out work needs it

    class Scheduling(LoadFileScheduling):  # type: ignore[misc] # it has no types
        def _split_scope(self, nodeid: str) -> str:
            return "tests/flows" if nodeid.startswith("tests/flows/") else super()._split_scope(nodeid)

    return Scheduling(config, log)


def pytest_collection_finish() -> None:
    """Look less often through what lives to the end anyway: the modules and the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, fault_of in (("chromium", chromium_fault), ("dovecot", dovecot_fault)):
        if item.get_closest_marker(marker) is not None and (fault := fault_of()):
            skip_or_fail(fault)
