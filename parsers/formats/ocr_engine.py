"""The recognition engine: one RapidOCR per process, made when first needed. Its models come with its wheel."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Rows × columns of grey, or × 3 of blue, green, red."""

THREADS = 2


class Seen(NamedTuple):
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
            "Rec.rec_img_shape": [3, 48, 96],  # the least width: most crops are a digit or two
            "Rec.rec_batch_num": 16,
        }
    )


def recognise(crops: Sequence[Picture]) -> list[Seen]:
    """The text of each crop, which holds one line."""
    if not crops:
        return []
    found = _engine().recognize_txt([_coloured(crop) for crop in crops])
    return [Seen(text, float(score)) for text, score in zip(found.txts, found.scores, strict=True)]


def detect(picture: Picture) -> list[NDArray[np.float32]]:
    """The four corners of every line of text in a picture, top left first, clockwise."""
    found = _engine()(_coloured(picture), use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else [np.asarray(box, dtype=np.float32) for box in boxes]


def _coloured(picture: Picture) -> Picture:
    return np.repeat(picture[:, :, None], 3, axis=2) if picture.ndim == 2 else picture
