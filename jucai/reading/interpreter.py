# ruff: noqa: ARG002, N802 - the names and arguments of the overridden methods are pdfminer's
"""pdfminer's interpreter of content streams, which also follows clips, transparency and layers that are off."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1, stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, PSLiteral
from pdfminer.utils import apply_matrix_pt

from jucai.reading.fonts import FontShelf
from jucai.reading.lexing import ContentParser
from jucai.reading.painting import Recorder, Rect, intersect


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter, which also follows clips, transparency and layers that are switched off."""

    device: Recorder
    hidden_layers: frozenset[int] = frozenset()

    def __init__(self, shelf: FontShelf, device: Recorder) -> None:
        super().__init__(shelf, device)
        self._kept: list[tuple[Rect, float]] = []
        self._marks: list[bool] = []

    def subinterp(self) -> "Interpreter":
        """Return an interpreter for a nested stream that knows the same hidden layers."""
        child = super().subinterp()
        assert isinstance(child, Interpreter)
        child.hidden_layers = self.hidden_layers
        return child

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the operators of content streams; a stream that draws itself is passed over."""
        self.stream_ids.clear()
        found = [stream_value(stream) for stream in streams]
        found = [stream for stream in found if stream.objid is not None and stream.objid not in self.parent_stream_ids]
        self.stream_ids.update(stream.objid for stream in found if stream.objid is not None)
        for token in _tokens_of(found):
            if isinstance(token, PSKeyword):
                self._carry_out(token)
            else:
                self.push(token)

    def _carry_out(self, operator: PSKeyword) -> None:
        method, count = _operator(bytes(operator.name))
        if method is None:
            return
        operands = self.pop(count)
        if len(operands) == count:
            method(self, *operands)

    def do_Do(self, xobjid_arg: Any) -> None:
        """Draw a form or picture; clip and transparency set inside do not leak out."""
        kept = self.device.clip, self.device.alpha
        off = self._is_off(self.xobjmap.get(getattr(xobjid_arg, "name", None)))
        self.device.layers_off += off
        super().do_Do(xobjid_arg)
        self.device.layers_off -= off
        self.device.clip, self.device.alpha = kept
        self.device.set_ctm(self.ctm)

    def _is_off(self, drawn: Any) -> bool:
        """Whether a form or picture belongs to a layer that is switched off."""
        stream = resolve1(drawn)
        layer = stream.attrs.get("OC") if self.hidden_layers and isinstance(stream, PDFStream) else None
        return layer is not None and self._switched_off(layer)

    def _switched_off(self, layer: Any) -> bool:
        """Whether a layer, or all the layers a membership dictionary names, are switched off (ISO 32000-1, 8.11.2)."""
        if isinstance(layer, PDFObjRef) and layer.objid in self.hidden_layers:
            return True
        members = resolve1(layer)
        named = resolve1(members.get("OCGs")) if isinstance(members, dict) else None
        if isinstance(named, dict):
            named = [members["OCGs"]]
        refs = [ref for ref in named or [] if isinstance(ref, PDFObjRef)] if isinstance(named, list) else []
        return bool(refs) and all(ref.objid in self.hidden_layers for ref in refs)

    def do_q(self) -> None:
        """Save the graphics state."""
        super().do_q()
        self._kept.append((self.device.clip, self.device.alpha))

    def do_Q(self) -> None:
        """Restore the graphics state."""
        super().do_Q()
        if self._kept:
            self.device.clip, self.device.alpha = self._kept.pop()

    def do_W(self) -> None:
        """Clip to the box of the current path."""
        steps: list[Any] = [step for step in self.curpath if step[0] != "h"]
        points = [apply_matrix_pt(self.ctm, (step[-2], step[-1])) for step in steps]
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            self.device.clip = intersect(self.device.clip, (min(xs), min(ys), max(xs), max(ys)))

    do_W_a = do_W  # noqa: N815 - pdfminer's name for the operator W*

    def do_gs(self, name: Any) -> None:
        """Follow the opacity an extended graphics state sets."""
        states = dict_value(self.resources.get("ExtGState", {}))
        state = resolve1(states.get(getattr(name, "name", "")))
        if not isinstance(state, dict):
            return
        if isinstance(resolve1(state.get("ca")), int | float):
            self.device.alpha = float(resolve1(state["ca"]))
        mask = resolve1(state.get("SMask"))
        if isinstance(mask, dict):
            # What a soft mask lets through is not looked into: text beneath one counts for nothing.
            self.device.alpha = 0.0
        elif mask is not None and self.device.alpha == 0.0 and "ca" not in state:
            # /SMask /None: the mask is lifted.
            self.device.alpha = 1.0

    def do_BMC(self, tag: Any) -> None:
        """Begin marked content."""
        self._marks.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:
        """Begin marked content; text of a switched-off layer is not seen."""
        off = False
        if self.hidden_layers and isinstance(tag, PSLiteral) and tag.name == "OC" and isinstance(props, PSLiteral):
            layer = dict_value(self.resources.get("Properties", {})).get(str(props.name))
            off = layer is not None and self._switched_off(layer)
        self._marks.append(off)
        self.device.layers_off += off

    def do_EMC(self) -> None:
        """End marked content."""
        if self._marks:
            self.device.layers_off -= self._marks.pop()


def _tokens_of(streams: Sequence[object]) -> Iterator[Any]:
    """Yield the operands and operators of content streams, which are read as one."""
    try:
        parser = ContentParser(streams)
        while True:
            yield parser.nextobject()[1]
    except PSEOF:
        return


@lru_cache(maxsize=256)
def _operator(name: bytes) -> tuple[Callable[..., Any] | None, int]:
    """Return what carries out an operator and how many operands it takes; None for an unknown one."""
    spelt = name.decode("utf-8", "ignore").replace("*", "_a").replace('"', "_w").replace("'", "_q")
    method = getattr(Interpreter, f"do_{spelt}", None)
    return method, 0 if method is None else method.__code__.co_argcount - 1
