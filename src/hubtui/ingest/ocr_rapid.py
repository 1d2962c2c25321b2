"""RapidOCR: recognises Chinese and English with the models that come in its package."""

import io
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from hubtui.core.errors import SourceError
from hubtui.core.i18n import _
from hubtui.ingest.ocr import RecognisedLine, RecognisedPage, confidence
from hubtui.ingest.offline import importing_offline

if TYPE_CHECKING:
    from hubtui.ingest.ocr import Pixels

_LONGEST_SIDE = 2400
"""Pixels of the longer side up to which a picture is not made smaller: 200 to the inch on A4."""
_MOST_PIXELS = 100_000_000
"""Pixels of the largest picture that is decoded, 300 MB of them."""
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
"""What is decoded; other formats start other programs."""
_DOUBTFUL = 0.75
"""How sure of a page it must be for the page to stand upright."""
_PADDING = 0.1
"""How far, in heights of a box, it reaches beyond the letters above and below."""


def start() -> "RapidRecogniser":
    """Return what recognises text, with its models loaded."""
    return RapidRecogniser()


class RapidRecogniser:
    """Recognises text with RapidOCR, offline."""

    name = "RapidOCR"

    def __init__(self) -> None:
        import numpy as np  # deferred, as the rest: it takes a second to load

        logging.getLogger("RapidOCR").addHandler(logging.NullHandler())  # keeps it from adding its own
        with importing_offline():
            import onnxruntime  # an extra, as the next
            import rapidocr
            from rapidocr.utils.download_file import DownloadFile

        onnxruntime.disable_telemetry_events()
        DownloadFile.run = _refuse
        models = Path(rapidocr.__file__).parent / "models"
        options: dict[str, Any] = {
            f"{section}.model_path": str(_model(models, kind))
            for section, kind in (("Det", "det"), ("Rec", "rec"))
        }
        options |= {
            "Global.log_level": "critical",
            "Global.text_score": 0.0,  # what is doubtful is for the caller to leave out
            "Global.use_cls": False,  # it takes some upright lines of English for upside down
            "Global.max_side_len": _LONGEST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": _processors(),
        }
        self._read = rapidocr.RapidOCR(params=options)
        self._array, self._turn = np.ascontiguousarray, np.rot90

    def recognise(self, image: "Pixels") -> RecognisedPage:
        """Return the lines of a picture; one that lies on its side or its head is turned."""
        page = self._upright(image)
        if not page.lines:
            return page
        if sum(line.bottom - line.top > line.right - line.left for line in page.lines) * 2 > len(page.lines):
            turns: tuple[int, ...] = (1, 3)
        elif confidence(page) < _DOUBTFUL:
            turns = (2,)
        else:
            return page
        return max([page, *(self._upright(self._turn(image, turn)) for turn in turns)], key=confidence)

    def _upright(self, image: "Pixels") -> RecognisedPage:
        height, width, _bytes = image.shape
        found = self._read(self._array(image[:, :, ::-1]))  # it takes blue first
        if found.txts is None:
            return RecognisedPage((), width, height)
        rows = zip(found.boxes.tolist(), found.txts, found.scores, strict=True)
        return RecognisedPage(tuple(_line(*row) for row in rows), width, height)

    def pages(self, data: bytes) -> Iterator[RecognisedPage]:
        """Yield the lines of each picture in a file."""
        from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError  # comes with RapidOCR

        Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # twice that is refused
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                frames = ImageSequence.Iterator(picture) if picture.format == "TIFF" else [picture]
                for frame in frames:
                    upright = ImageOps.exif_transpose(frame).convert("RGBA")
                    sheet = Image.new("RGB", upright.size, "white")
                    sheet.paste(upright, mask=upright.getchannel("A"))
                    yield self.recognise(self._array(sheet))
        except Image.DecompressionBombError as error:
            raise SourceError(
                _("The picture has more than {pixels:,} pixels.").format(pixels=_MOST_PIXELS),
                _("Save it smaller."),
            ) from error
        except (UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError) as error:
            raise SourceError(
                _("The picture is damaged, or of a kind that can't be read."), _("Save it as PNG.")
            ) from error


def _line(box: list[list[float]], text: str, confidence: float) -> RecognisedLine:
    across, down = [x for x, _y in box], [y for _x, y in box]
    top, bottom = min(down), max(down)
    inner = _PADDING * (bottom - top)
    return RecognisedLine(text, min(across), top + inner, max(across), bottom - inner, float(confidence))


def _model(folder: Path, kind: str) -> Path:
    found = sorted(folder.glob(f"*_{kind}_*.onnx"))
    if not found:
        message = f"no model {kind} in {folder}"
        raise ImportError(message)
    return found[0]


def _refuse(*_arguments: object) -> NoReturn:
    message = "hubtui downloads nothing"
    raise ImportError(message)


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
