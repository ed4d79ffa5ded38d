"""Writes THIRD_PARTY_NOTICES.md: each package of requirements.lock with its licence, from the installed metadata.

`make notices`, after `make lock`. A licence nobody states stops it: look it up and add it to `STATED_ELSEWHERE`.
"""

import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD_PARTY_NOTICES.md"

# Installed on some systems or Python versions only, or without a licence in their metadata.
STATED_ELSEWHERE = {
    "async-timeout": "Apache-2.0",
    "imapclient": "BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "tzdata": "Apache-2.0",
    "whenever": "MIT",
    "pendulum": "MIT",
}

# Names that are long or unclear in the metadata, as SPDX writes them.
SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}

LONGEST = 160  # characters; a longer "License" is the text itself

HEAD = """\
# Third-party notices

聚才 itself is licensed under the Apache License 2.0 (see `LICENSE`). It stands on the work of others, under their own
licences. The full texts come with each package, in its `*.dist-info` folder under `.venv`.

This page is written by `make notices`.

## Fonts in this repository (`templates/fonts/`)

Their licence texts lie beside them.

- FandolFang, FandolSong, FandolKai, FandolHei: © 2012-2013 the Fandol team, GPL-3.0 with the font exception: a document
  that embeds the font is not covered by the GPL on that account.
- Jucai Rare Song: a renamed selection of glyphs of Noto Serif CJK SC, © 2017-2022 Adobe, SIL Open Font License 1.1.

The tests also use Noto CJK (SIL Open Font License 1.1) where the system has it; it is not part of this repository.
"""


def locked() -> list[str]:
    """The packages of the lock, for every system and Python version."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return sorted({canonicalize_name(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, re.MULTILINE)})


def installed(name: str) -> Distribution | None:
    """The package's metadata, if it is installed here."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def runtime() -> set[str]:
    """What the product needs when it runs: its dependencies, theirs, and so on, on every system."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for extra in {"", *wanted.extras} - {extra for known, extra in seen if known == name}:
            seen.add((name, extra))
            found = installed(name)
            needs = [Requirement(line) for line in (found.requires or [])] if found else []
            waiting += [need for need in needs if _counts(need, extra)]
    return {name for name, _ in seen}


def _counts(need: Requirement, extra: str) -> bool:
    """Whether a need is one of the package itself or of this extra; other systems count, they use the same lock."""
    if need.marker is None:
        return not extra
    asked = set(re.findall(r"extra == [\"']([^\"']+)[\"']", str(need.marker)))
    return extra in asked if asked else not extra


def licence(name: str) -> str:
    """The licence as SPDX names it; `LookupError` where nobody states it."""
    found = installed(name)
    if found is not None:
        metadata = found.metadata
        classed = [
            SPDX.get(line.rsplit("::", 1)[1].strip(), line.rsplit("::", 1)[1].strip())
            for line in metadata.get_all("Classifier", [])
            if line.startswith("License :: OSI Approved ::")
        ]
        stated = [metadata.get("License-Expression"), " / ".join(classed), metadata.get("License")]
        for words in stated:
            if words and len(words) < LONGEST and "\n" not in words:
                return SPDX.get(words.strip(), words.strip())
    if name in STATED_ELSEWHERE:
        return STATED_ELSEWHERE[name]
    raise LookupError(f"no licence is stated for {name}: look it up and add it to STATED_ELSEWHERE")


def table(names: list[str]) -> str:
    """The packages and their licences as a Markdown table."""
    rows = [f"| {name} | {licence(name)} |" for name in names]
    return "\n".join(["| package | licence |", "|---|---|", *rows, ""])


def notices() -> str:
    """The whole page."""
    needed = runtime()
    running = [name for name in locked() if name in needed]
    working = [name for name in locked() if name not in needed]
    product = ["## Packages the product runs with\n", table(running)]
    workshop = ["## Packages for development only\n", table(working)]
    return "\n".join([HEAD, *product, *workshop])


if __name__ == "__main__":
    try:
        TARGET.write_text(notices(), encoding="utf-8")
    except LookupError as error:
        sys.exit(str(error))
    print(f"wrote {TARGET.name}")
