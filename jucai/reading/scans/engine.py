"""The recogniser: RapidOCR with the models of its own wheel, one thread, loaded once a process."""

from functools import cache
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_rec.typings import TextRecInput

from jucai.reading.scans.spots import Spot, Words

Image = Any
_TALL = 1.6
_SURE = 0.8
_LEAST = 6
_DETECT_SIDE = 1700


@cache
def engine() -> Any:
    """Return the recogniser."""
    recogniser: Any = RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "critical",
        }
    )
    recogniser._load_rec_model()  # noqa: SLF001 - the only way to hand over many crops at once
    # Crops are padded to this width; 320 doubles the time for forms, whose lines are mostly short.
    recogniser.text_rec.rec_image_shape = [3, 48, 160]
    return recogniser


def detect(image: Image) -> list[Spot]:
    """Return where text stands in an RGB picture."""
    scale = min(1.0, _DETECT_SIDE / max(image.shape[:2]))
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = engine()(small, use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    spots = []
    for box in found.boxes:
        xs, ys = box[:, 0] / scale, box[:, 1] / scale
        spots.append(Spot(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())))
    return spots


def upside_down(image: Image, spots: list[Spot]) -> bool:
    """Whether most lines stand on their head."""
    wide = sorted(spots, key=lambda s: s.x1 - s.x0, reverse=True)[:12]
    votes = 0
    for spot in wide:
        crop = cut(image, spot)
        if crop is None:
            continue
        answer = engine()(crop, use_det=False, use_cls=True, use_rec=False)
        if answer.cls_res and answer.cls_res[0][0] == "180" and answer.cls_res[0][1] > _SURE:
            votes += 1
    return votes * 2 > len(wide) > 0


def lies_on_its_side(spots: list[Spot]) -> bool:
    """Whether most text runs up or down."""
    tall = sum(1 for s in spots if s.bottom - s.top > _TALL * (s.x1 - s.x0))
    wide = sum(1 for s in spots if s.x1 - s.x0 > _TALL * (s.bottom - s.top))
    return tall > wide


def cut(image: Image, spot: Spot) -> Image | None:
    """Return the part of the picture at a spot, None if it is too small to hold text."""
    height, width = image.shape[:2]
    x0, x1 = max(0, int(spot.x0)), min(width, round(spot.x1))
    top, bottom = max(0, int(spot.top)), min(height, round(spot.bottom))
    if min(x1 - x0, bottom - top) < _LEAST:
        return None
    return np.ascontiguousarray(image[top:bottom, x0:x1])


def recognise(crops: list[Image]) -> list[Words]:
    """Return the text of each crop, in order."""
    if not crops:
        return []
    upright = [np.ascontiguousarray(np.rot90(c)) if c.shape[0] > c.shape[1] * 3 else c for c in crops]
    answer = engine().text_rec(TextRecInput(img=upright, return_word_box=True))
    words = []
    for crop, text, score, info in zip(crops, answer.txts, answer.scores, answer.word_results, strict=True):
        words.append(Words(text, float(score), _centres(text, info, crop.shape[1])))
    return words


def _centres(text: str, info: Any, width: int) -> tuple[float, ...]:
    """Return the centre of each character along a crop, evenly spread where the recogniser tells nothing."""
    if info is not None and info.line_txt_len:
        columns = [column for group in info.word_cols for column in group]
        if len(columns) == len(text.replace(" ", "")):
            places = iter(columns)
            step = width / info.line_txt_len
            centres: list[float] = []
            for char in text:
                centres.append((next(places) + 0.5) * step if char != " " else (centres[-1] if centres else 0.0))
            return tuple(centres)
    return tuple((i + 0.5) * width / max(len(text), 1) for i in range(len(text)))


def to_rgb(grey: Image) -> Image:
    """Return a grey picture with three channels."""
    return cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
