"""The recognition engine: one RapidOCR per process, made when first needed. Its models come with its wheel."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Rows × columns of grey, or × 3 of blue, green, red."""

THREADS = 1  # a second one spends as much processor time on waiting as it saves; documents go to processes
DETECTION_DPI = 96.0  # lines of print are found as surely as at 200, in a fifth of the time
_LONGEST = 6000  # pixels: several pages in one tall picture are found at the same scale


class Recognised(NamedTuple):
    """What the engine takes a picture of one line of text for, and how surely (0 to 1)."""

    text: str
    score: float


@cache
def _engine() -> Any:
    # onnxruntime would write usage data into the user's cache and send it to its maker; nobody agreed to that.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.max_side_len": _LONGEST,
            "Det.limit_side_len": 32,  # pictures are taken at the size they are given
            "Rec.rec_img_shape": [3, 48, 96],  # the least width: most crops are a digit or two
            "Rec.rec_batch_num": 16,
        }
    )


def recognise(crops: Sequence[Picture]) -> list[Recognised]:
    """The text of each crop, which holds one line."""
    if not crops:
        return []
    found = _engine().recognize_txt([_coloured(crop) for crop in crops])
    return [Recognised(text, float(score)) for text, score in zip(found.txts, found.scores, strict=True)]


def detect(picture: Picture, dpi: float, at: float = DETECTION_DPI) -> list[NDArray[np.float32]]:
    """The four corners of every line of text in a picture, top left first, clockwise; looked for at `at` dots an
    inch."""
    factor = min(at / dpi, 1.0)
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.uint8)
    found = _engine()(_coloured(small), use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else [np.asarray(box, dtype=np.float32) / np.float32(factor) for box in boxes]


def _coloured(picture: Picture) -> Picture:
    return np.repeat(picture[:, :, None], 3, axis=2) if picture.ndim == 2 else picture
