"""`jucai.example.toml` speaks of every setting, and loads once its placeholders are filled."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from jucai.settings import Inbox, Settings, SettingsError, Smtp, load_settings, require_for_service

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "jucai.example.toml").read_text(encoding="utf-8")
PLACEHOLDER = re.compile(r"〈(.+?)〉")
OPTIONAL = re.compile(r"^# (\w+ = .+)$", re.MULTILINE)


def filled(text: str) -> str:
    """The example as an office would fill it in: addresses as given, a secret of its own."""
    return PLACEHOLDER.sub(lambda found: found[1] if found[1].isascii() else "k7" * 20, text)


def load(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    path = folder / "jucai.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("JUCAI_CONFIG", str(path))
    return load_settings()


def test_the_example_runs_an_office_once_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(filled(EXAMPLE), tmp_path, monkeypatch)
    require_for_service(settings)
    assert [inbox.kind for inbox in settings.inboxes] == ["imap"]
    assert settings.smtp.host


def test_the_example_as_it_is_says_what_to_fill_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match="secret"):
        load(EXAMPLE, tmp_path, monkeypatch)


def test_every_optional_line_is_a_setting_that_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(OPTIONAL.sub(r"\1", filled(EXAMPLE)), tmp_path, monkeypatch)
    assert settings.redirect_all_to
    assert settings.demo is False


@pytest.mark.parametrize(
    ("model", "section"), [(Settings, None), (Smtp, "smtp"), (Inbox, "inboxes")], ids=["office", "smtp", "inbox"]
)
def test_every_setting_is_explained(model: type[BaseModel], section: str | None) -> None:
    everything: dict[str, Any] = tomllib.loads(OPTIONAL.sub(r"\1", EXAMPLE))
    shown = everything if section is None else everything[section]
    keys = set(shown[0] if isinstance(shown, list) else shown)
    assert keys == set(model.model_fields)


@pytest.mark.parametrize("line", OPTIONAL.findall(EXAMPLE))
def test_every_setting_has_a_comment_above_it_in_its_section(line: str) -> None:
    before = EXAMPLE[: EXAMPLE.index(f"# {line}")].rstrip("\n").splitlines()[-1]
    explained = {"port", "security", "cafile", "folder", "timeout"}  # told once, or by their neighbours
    assert before.startswith("#") or line.partition(" = ")[0] in explained


@pytest.mark.parametrize(("key", "default"), [("answers_per_day", 10), ("reading_workers", 2), ("office", "anqing")])
def test_an_optional_line_shows_the_default(key: str, default: object) -> None:
    assert tomllib.loads(OPTIONAL.sub(r"\1", EXAMPLE))[key] == default
    assert Settings.model_fields[key].default == default
