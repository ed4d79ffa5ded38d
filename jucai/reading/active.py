"""Scripts, embedded files and actions in a PDF: reported, never run."""

from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1

from jucai.reading.refusals import DynamicForm

_SCRIPT = "文件含有JavaScript脚本，未执行"
_ATTACHED = "文件内嵌有附件，未打开"
_ACTION = "文件含有自动执行的动作，未执行"
_LAUNCH = "文件含有启动程序的动作，未执行"
_DEPTH = 6
_WIDTH = 400


def find_active_content(catalog: dict[str, Any], data: bytes) -> tuple[str, ...]:
    """Return Chinese warnings about what a document would do if it were opened in a viewer.

    Raises:
        DynamicForm: the content of the file exists only as XFA.
    """
    form = resolve1(catalog.get("AcroForm"))
    if isinstance(form, dict) and "XFA" in form and resolve1(catalog.get("NeedsRendering")) is True:
        raise DynamicForm
    seen = _names(catalog)
    warnings = []
    if "JavaScript" in seen or "JS" in seen or b"/JavaScript" in data or b"/JS " in data or b"/JS(" in data:
        warnings.append(_SCRIPT)
    if "EmbeddedFiles" in seen or b"/EmbeddedFile" in data or b"/FileAttachment" in data:
        warnings.append(_ATTACHED)
    if b"/Launch" in data:
        warnings.append(_LAUNCH)
    if ("OpenAction" in catalog and _does_something(catalog["OpenAction"])) or "AA" in catalog:
        warnings.append(_ACTION)
    return tuple(warnings)


def _does_something(action: Any) -> bool:
    """Whether an open action is more than a view to begin with."""
    target = resolve1(action)
    return isinstance(target, dict) and getattr(resolve1(target.get("S")), "name", "") not in ("GoTo", "")


def _names(catalog: dict[str, Any]) -> set[str]:
    """Return the keys that occur near the root: catalog, name tree, form, actions."""
    seen: set[str] = set()
    roots = [resolve1(catalog.get(key)) for key in ("Names", "OpenAction", "AA", "AcroForm")]
    waiting = [(node, 0) for node in roots if isinstance(node, dict)]
    looked_at = 0
    while waiting and looked_at < _WIDTH:
        node, depth = waiting.pop()
        looked_at += 1
        seen.update(node)
        if depth >= _DEPTH:
            continue
        for key, value in node.items():
            child = resolve1(value) if key not in ("Parent", "P", "Fields") else None
            if isinstance(child, dict) and not isinstance(child, PDFStream):
                waiting.append((child, depth + 1))
    return seen
