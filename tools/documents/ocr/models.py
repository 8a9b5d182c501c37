"""The networks that read pictures: files of the rapidocr package, nothing is fetched."""

from importlib.util import find_spec
from pathlib import Path

MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
"""One finds lines, one reads letters."""


def missing_models() -> tuple[str, ...]:
    """Give the files that are not there, without loading anything."""
    package = find_spec("rapidocr")
    if package is None or package.origin is None:
        return MODELS
    folder = Path(package.origin).parent / "models"
    return tuple(name for name in MODELS if not (folder / name).is_file())
