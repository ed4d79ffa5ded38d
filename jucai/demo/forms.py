"""Reading the forms on a page as a browser does: what is in them, what they would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit


@dataclass(slots=True)
class PageForm:
    """One form: where it goes, and its values as they stand on the page, in order."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)  # radio buttons and selects
    boxes: dict[str, str] = field(default_factory=dict)  # check boxes, not ticked

    def does(self, deed: str) -> bool:
        """Whether posting the form does `deed`, the last word of its address."""
        return urlsplit(self.action).path.endswith(f"/{deed}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(given.get("action", ""))
            self.forms.append(self._form)
        if self._form is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(self._form, name, given)
        elif tag == "select" and name:
            self._select = name
            self._form.choices.setdefault(name, [])
            self._form.values.setdefault(name, "")
        elif tag == "option" and self._select:
            self._form.choices[self._select].append(given.get("value", ""))
            if "selected" in given or len(self._form.choices[self._select]) == 1:
                self._form.values[self._select] = given.get("value", "")
        elif tag == "textarea" and name:
            self._area = name
            self._form.values[name] = ""

    def _input(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind == "radio":
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.values[name] = given.get("value", "on")
        elif kind == "checkbox":
            if "checked" in given:
                form.values[name] = given.get("value", "on")
            else:
                form.boxes[name] = given.get("value", "on")
        elif kind not in {"submit", "button", "file"}:
            form.values[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def forms_on(html: str) -> list[PageForm]:
    """The forms of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
