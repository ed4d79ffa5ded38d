"""The book of programmes: all files of all offices, checked as a whole, in versions by date."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from jucai.policy.errors import Fault, ProgrammeError, UnknownProgrammeError
from jucai.policy.office import Office
from jucai.policy.programme import Programme
from jucai.policy.slips import nearest
from jucai.policy.stages import RESOLVERS, Stage, StageKind
from jucai.policy.vocabulary import vocabulary_of
from jucai.policy.yamlfile import Document, read, shown_name, validate

OFFICE_FILE = "office.yaml"


@dataclass(frozen=True, slots=True)
class ProgrammeBook:
    """All versions of all programmes, and the offices that run them."""

    programmes: tuple[Programme, ...]
    offices: Mapping[str, Office]
    office_of: Mapping[str, str]
    files: Mapping[tuple[str, str], str]
    # Asked for several times in each decision.
    _by_code: Mapping[str, tuple[Programme, ...]] = field(init=False, repr=False, compare=False)
    _by_version: Mapping[tuple[str, str], Programme] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the versions of each programme in order."""
        grouped: dict[str, list[Programme]] = {}
        for programme in sorted(self.programmes, key=lambda one: one.valid.from_):
            grouped.setdefault(programme.code, []).append(programme)
        object.__setattr__(self, "_by_code", {code: tuple(found) for code, found in sorted(grouped.items())})
        by_version = {(one.code, one.version): one for one in reversed(self.programmes)}
        object.__setattr__(self, "_by_version", by_version)

    def codes(self) -> tuple[str, ...]:
        """The codes of all programmes, in order."""
        return tuple(self._by_code)

    def versions(self, code: str) -> tuple[Programme, ...]:
        """All versions of a programme, the newest last."""
        return self._by_code.get(code, ())

    def get(self, code: str, version: str | None = None) -> Programme:
        """One version; without `version` the newest.

        Raises:
            UnknownProgrammeError: there is no such programme or version.
        """
        found = self._by_version.get((code, version)) if version is not None else None
        if found is not None:
            return found
        versions = self.versions(code)
        if not versions:
            raise UnknownProgrammeError(f"没有项目“{code}”，现有：{'、'.join(self.codes())}")
        if version is None:
            return versions[-1]
        known = "、".join(programme.version for programme in versions)
        raise UnknownProgrammeError(f"项目“{code}”没有 {version} 版，现有：{known}")

    def in_force(self, code: str, on: date) -> Programme | None:
        """The version in force on that day: the newest that has begun, unless it has ended."""
        begun = [programme for programme in self.versions(code) if programme.valid.from_ <= on]
        return begun[-1] if begun and begun[-1].valid.covers(on) else None

    def for_form(self, form: str, on: date, office: str | None = None) -> list[Programme]:
        """The programmes in force that take that form, of all running offices or of one.

        Programmes in a folder without an office are examples to read and copy; they take no applications.
        """
        found = []
        for code in self.codes():
            home = self.office_of.get(code)
            programme = self.in_force(code, on)
            if programme and home and programme.form == form and office in (None, home):
                found.append(programme)
        return found

    def office(self, code: str) -> Office:
        """The office that runs a programme, by programme code or office code.

        Raises:
            UnknownProgrammeError: no office runs it.
        """
        home = self.office_of.get(code, code)
        if home not in self.offices:
            raise UnknownProgrammeError(f"“{code}”没有所属的办公室（缺少 {OFFICE_FILE}）")
        return self.offices[home]

    def file(self, programme: Programme) -> str:
        """The file of a version, relative to the folder of all programmes."""
        return self.files[programme.code, programme.version]


def load_programmes(root: Path) -> ProgrammeBook:
    """Read every office and programme under `root`.

    Raises:
        ProgrammeError: with *all* faults of all files; nothing of a faulty folder is used, so that the book in force
            before stays in force.
    """
    content = _content(root)
    if content is not None and content in _LOADED:
        return _LOADED[content]
    book = _load(root)
    if content is not None and content == _content(root):
        while len(_LOADED) >= _KEPT:
            _LOADED.pop(next(iter(_LOADED)), None)
        _LOADED[content] = book
    return book


_LOADED: dict[tuple[tuple[str, bytes], ...], ProgrammeBook] = {}
"""Books of this process by the content of all files: a folder is looked at often and changes rarely."""
_KEPT = 4


def _content(root: Path) -> tuple[tuple[str, bytes], ...] | None:
    """What is said in all files, as digests by name; None if one cannot be read, which loading them will tell."""
    try:
        return tuple(
            (shown_name(path, root), hashlib.sha256(path.read_bytes()).digest())
            for path in sorted(root.rglob("*.yaml"))
        )
    except OSError:
        return None


def _load(root: Path) -> ProgrammeBook:
    faults: list[Fault] = []
    offices: dict[Path, Office] = {}
    for path in sorted(root.rglob(OFFICE_FILE)):
        try:
            offices[path.parent] = validate(Office, read(path, shown_name(path, root)))
        except ProgrammeError as error:
            faults += error.faults
    programmes: list[Programme] = []
    office_of: dict[str, str] = {}
    files: dict[tuple[str, str], str] = {}
    for path in sorted(root.rglob("*.yaml")):
        if path.name == OFFICE_FILE:
            continue
        home = _home(path, offices)
        try:
            programme = load_programme(path, offices.get(home) if home else None, root)
        except ProgrammeError as error:
            faults += error.faults
            continue
        key = (programme.code, programme.version)
        shown = shown_name(path, root)
        if key in files:
            faults.append(Fault(shown, 1, "valid.from", f"与 {files[key]} 是同一项目同一版本"))
        if not shown.startswith(programme.code.rpartition("/")[0]):
            faults.append(Fault(shown, 1, "code", f"代码应以所在文件夹开头，现为 {programme.code}"))
        files[key] = shown
        programmes.append(programme)
        if home:
            office_of[programme.code] = offices[home].code
    faults += _unlike_versions(programmes, files)
    if faults:
        raise ProgrammeError(faults)
    named = {office.code: office for office in offices.values()}
    return ProgrammeBook(
        tuple(programmes), MappingProxyType(named), MappingProxyType(office_of), MappingProxyType(files)
    )


def load_programme(path: Path, office: Office | None = None, root: Path | None = None) -> Programme:
    """Read one programme file; with an office its units are checked too.

    Raises:
        ProgrammeError: with file, line, key and what was expected.
    """
    return check_programme(read(path, shown_name(path, root or path.parent)), office)


def check_programme(document: Document, office: Office | None = None) -> Programme:
    """Make a programme of a document that has been read; see `load_programme`."""
    if "vocabulary" in document.data:
        raise ProgrammeError([document.fault(["vocabulary"], "没有这一项，请检查是否写错")])
    vocabulary = vocabulary_of(document)
    document.data["vocabulary"] = vocabulary
    programme = validate(Programme, document, {"vocabulary": vocabulary})
    faults = list(_unit_faults(programme, document, office))
    if faults:
        raise ProgrammeError(faults)
    return programme


def _home(path: Path, offices: Mapping[Path, Office]) -> Path | None:
    """The folder of the office a file belongs to: the nearest one above it."""
    return next((folder for folder in path.parents if folder in offices), None)


def _unit_faults(programme: Programme, document: Document, office: Office | None) -> Iterable[Fault]:
    for index, stage in enumerate(programme.stages):
        needs_unit = stage.kind is not StageKind.PUBLICITY
        if needs_unit and not stage.units and not stage.branches:
            yield document.fault(["stages", index, "units"], "须写明办理单位")
        for where, unit in _named_units(stage):
            if office is not None and not office.knows(unit):
                near = nearest(unit, office.all_units)
                meant = f"，是否应为“{near}”（{office.all_units[near].title}）" if near else ""
                told = f"没有单位“{unit}”{meant}；也可以用 {'、'.join(RESOLVERS)}"
                yield document.fault(["stages", index, *where], told)


def _named_units(stage: Stage) -> Iterable[tuple[list[str | int], str]]:
    """Every unit a stage names, and where."""
    for position, unit in enumerate(stage.units):
        yield ["units", position], unit
    for part in ("branches", "routes"):
        for number, one in enumerate(getattr(stage, part)):
            for position, unit in enumerate(one.units):
                yield [part, number, "units", position], unit


def _unlike_versions(programmes: list[Programme], files: Mapping[tuple[str, str], str]) -> Iterable[Fault]:
    """Versions of one programme must agree on what cases are numbered and found by."""
    first: dict[str, Programme] = {}
    last: dict[str, Programme] = {}
    for programme in sorted(programmes, key=lambda p: p.valid.from_):
        before = first.setdefault(programme.code, programme)
        earlier = last.get(programme.code)
        last[programme.code] = programme
        if earlier and earlier.valid.to and earlier.valid.to >= programme.valid.from_ > earlier.valid.from_:
            told = f"与 {programme.version} 版的有效期重叠；请把 to 改为其前一天，或删去（新版生效时旧版自动停止）"
            yield Fault(files[earlier.code, earlier.version], 1, "valid.to", told)
        for key in ("form", "kind", "number_prefix"):
            if getattr(before, key) != getattr(programme, key):
                shown = files[programme.code, programme.version]
                yield Fault(shown, 1, key, f"与 {before.version} 版不一致；各版本必须相同")
