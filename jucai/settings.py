"""The office's settings: from the environment (`JUCAI_…`), then `jucai.toml`; a wrong one stops start-up."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: templates, programmes and migrations lie beside the code."""

MIN_SECRET = 32


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what was expected."""


class OAuth(BaseModel):
    """OAuth 2 instead of a password: what an administrator was given when allowing us to use the mailbox."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token_url: str
    client_id: str
    refresh_token: SecretStr
    client_secret: SecretStr = SecretStr("")
    scope: str = ""

    @field_validator("token_url")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
            raise ValueError("应为 https:// 开头的网址：令牌不能明文传送")
        return value


class Inbox(BaseModel):
    """One mailbox applications arrive in: IMAP, or a folder of `.eml` files."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["imap", "folder"] = "imap"
    path: Path | None = None  # for a folder
    host: str = ""
    port: int = 993
    security: Literal["tls", "starttls"] = "tls"
    username: str = ""
    password: SecretStr = SecretStr("")
    oauth: OAuth | None = None
    folder: str = "INBOX"
    send_id: bool = True  # 163/126 refuse SELECT before ID
    cafile: Path | None = None
    max_bytes: int = 50 * 1024 * 1024


class Smtp(BaseModel):
    """The server our mail leaves through; TLS is always verified."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = ""
    port: int = 465
    security: Literal["tls", "starttls"] = "tls"
    username: str = ""
    password: SecretStr = SecretStr("")
    oauth: OAuth | None = None
    cafile: Path | None = None
    timeout: float = 30.0  # seconds
    pace: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)  # mails a minute by domain; "*": others


class Settings(BaseSettings):
    """Everything an office sets; `jucai.example.toml` explains each line in Chinese."""

    model_config = SettingsConfigDict(env_prefix="JUCAI_", env_nested_delimiter="__", extra="forbid", frozen=True)

    home: Path = Path(".jucai")  # database, letters and documents, logs
    database: str = ""  # a SQLAlchemy address; empty: SQLite under `home`
    store: str = ""  # an fsspec address; empty: a folder under `home`
    office: str = "anqing"
    programmes: Path = ROOT / "programmes"
    desk_url: str = "http://127.0.0.1:8600"  # the one public address links are made with
    secret: SecretStr = SecretStr("")  # signs links; at least 32 characters
    address: str = ""  # the bureau's mail address
    authserv_id: str = ""  # the name our mail server signs Authentication-Results with
    verify_dkim: bool = True  # check senders' signatures ourselves where our mail server did not
    inboxes: tuple[Inbox, ...] = ()
    smtp: Smtp = Field(default_factory=Smtp)
    redirect_all_to: str = ""  # test mode: every mail goes to this one address
    answers_per_day: int = Field(default=10, ge=1)  # automatic answers to one correspondent
    reading_seconds: float = Field(default=60, gt=0)  # wall clock for one document
    reading_workers: int = Field(default=2, ge=1, le=32)
    demo: bool = False  # only the demo's clock can be moved

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) < MIN_SECRET:
            raise ValueError(f"至少 {MIN_SECRET} 个字符，可用 `openssl rand -hex 32` 生成")
        return value

    @field_validator("desk_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("应为 http:// 或 https:// 开头的网址")
        return value.rstrip("/")

    @property
    def database_url(self) -> str:
        """The database's address."""
        return self.database or f"sqlite:///{(self.home / 'jucai.db').resolve()}"

    @property
    def store_url(self) -> str:
        """The address of the store of letters and documents."""
        return self.store or str((self.home / "store").resolve())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the file."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file()))


def settings_file() -> Path:
    """The settings file: `JUCAI_CONFIG`, or `jucai.toml` where the command was started."""
    return Path(os.environ.get("JUCAI_CONFIG", "jucai.toml"))


def load_settings() -> Settings:
    """Read and check the settings; `SettingsError` names each wrong one in one Chinese sentence."""
    named = os.environ.get("JUCAI_CONFIG")
    if named and not Path(named).is_file():
        raise SettingsError(f"环境变量 JUCAI_CONFIG 指向的设置文件不存在：{named}")
    try:
        return Settings()
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"设置文件 {settings_file()} 不是有效的 TOML：{error}") from error
    except ValidationError as error:
        wrong = "；".join(_sentence(item["loc"], item["type"], item["msg"]) for item in error.errors())
        raise SettingsError(f"设置有误：{wrong}。设置来自环境变量 JUCAI_… 或 {settings_file()}") from error


def _sentence(where: tuple[int | str, ...], kind: str, message: str) -> str:
    name = ".".join(str(part) for part in where)
    if kind == "extra_forbidden":
        return f"“{name}”不是已知的设置项"
    return f"“{name}”{message.removeprefix('Value error, ')}"


def require_for_service(settings: Settings) -> None:
    """Check what running the office needs beyond single commands; `SettingsError` names what is missing."""
    needs = {
        "secret": not settings.secret.get_secret_value(),
        "address": "@" not in settings.address,
        "smtp.host": not settings.smtp.host,
        "inboxes": not settings.inboxes,
    }
    missing = [name for name, absent in needs.items() if absent]
    for number, inbox in enumerate(settings.inboxes):
        if inbox.kind == "imap" and not (inbox.host and inbox.username):
            missing.append(f"inboxes.{number}.host / username")
        if inbox.kind == "folder" and inbox.path is None:
            missing.append(f"inboxes.{number}.path")
    if missing:
        raise SettingsError(f"还缺少设置：{'、'.join(missing)}。请照 jucai.example.toml 填写 {settings_file()}")
