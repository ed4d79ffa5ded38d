"""The JSON Schema of programme files, for editors that help while one types."""

import json
from pathlib import Path
from typing import Any

from jucai.policy.programme import Programme

SCHEMA_FILE = "schema.json"


def programme_schema() -> dict[str, Any]:
    """The schema as JSON data."""
    schema = Programme.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "聚才项目文件", **schema}


def schema_text() -> str:
    """The schema as it stands in `programmes/schema.json`."""
    return json.dumps(programme_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_schema(root: Path) -> Path:
    """Write the schema into the folder of all programmes."""
    path = root / SCHEMA_FILE
    path.write_text(schema_text(), encoding="utf-8")
    return path
