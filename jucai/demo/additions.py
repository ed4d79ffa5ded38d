"""What a visitor adds to the demo: a folder of programme files of their own, and filled-in forms to post."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from jucai.demo.letters import SampleLetter, form_letter
from jucai.settings import ROOT, SettingsError

OFFICE = "anqing"
ADDED: dict[str, object] = {"format": "added"}
"""What is known of an added form before it is read: that a case has to come of it."""


def with_added(home: Path, folder: Path | None) -> Path:
    """The programmes of the demo: the shipped ones, or a copy with the files of `folder` in a folder of their own.

    Raises `SettingsError` where there is no such folder, or no programme file in it.
    """
    shipped = ROOT / "programmes"
    if folder is None:
        return shipped
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise SettingsError(f"“{folder}”里没有项目文件（*.yaml）")
    programmes = home.resolve() / "programmes"
    shutil.copytree(shipped, programmes)
    own = programmes / OFFICE / "added"
    own.mkdir()
    for path in files:
        shutil.copyfile(path, own / path.name)
    return programmes


def added_letters(folder: Path | None) -> Iterator[SampleLetter]:
    """One letter for each PDF form in the folder."""
    for number, path in enumerate(sorted(folder.glob("*.pdf")) if folder else (), start=1):
        yield form_letter(path, ADDED, sender=f"added-{number}")
