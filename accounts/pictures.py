"""Making small square pictures of a file that somebody sent.

What comes out is made from pixels alone: nothing of the file's own bytes, names or
metadata goes on.
"""

import re
import struct
import threading
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms

# Sides in pixels. The largest is shown on a profile on a dense screen.
SIZES = (32, 64, 128, 256)
LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000

# How hard WebP tries, of 6. The most takes seconds for noise in what is transparent.
_EFFORT = 4

_FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]
# Twice the largest size is as much as careful resizing can use.
_ENOUGH = 2 * max(SIZES)
# A progressive JPEG is gone through once for each scan, which takes 32 ms at 40
# megapixels, and 5 MB have room for tens of thousands of empty ones. Programs make
# about ten. The marker stands before a length and the number of components.
_START_OF_SCAN = re.compile(rb"\xff\xda\x00(?:\x08\x01|\x0a\x02|\x0c\x03|\x0e\x04)")
_MOST_SCANS = 50
# What Pillow raises for a file that is not what it says it is: the first three while it
# opens or reads one, the others where a plugin trips over what it did not expect.
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
)
# https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.6.4 A, "Orientation".
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A large picture takes hundreds of megabytes while it is read, so a process reads one
# at a time.
_one_at_a_time = threading.Lock()


def cut_squares(file: File[bytes]) -> dict[int, bytes]:
    """Return the picture's middle as WebP, by the side in pixels.

    Raise ValidationError, with a sentence for the person, for what is no picture or
    too large a one.
    """
    if file.size > LARGEST_FILE:
        raise ValidationError(_("This file is too large. It may have 5 MB at most."))
    content = file.read()
    with _one_at_a_time:
        try:
            square = _read_square(content)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _too_many_pixels() from None
        except _UNREADABLE:
            raise ValidationError(
                _(
                    "We cannot read this file as a picture. Choose a JPEG, PNG, WebP "
                    "or GIF that opens on your own screen."
                )
            ) from None
    return {size: _encode(square, size) for size in SIZES}


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("This picture has too many pixels. It may have 40 million at most.")
    )


def _read_square(content: bytes) -> Image.Image:
    """Return the upright middle in sRGB, not much larger than it will be shown."""
    with Image.open(BytesIO(content), formats=_FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise _too_many_pixels()
        if len(_START_OF_SCAN.findall(content)) > _MOST_SCANS:
            raise ValueError("A JPEG of more scans than anybody needs.")
        turn = _turn(image)
        # Lets a JPEG come out smaller, which is quicker and takes less memory.
        image.draft(None, (_ENOUGH, _ENOUGH))
        image.load()
        square = _to_srgb(_reduce(image), image.info.get("icc_profile"))
    return square if turn is None else square.transpose(turn)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Return what makes the picture upright, None for what says nothing readable."""
    try:
        return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (SyntaxError, struct.error):
        return None


def _reduce(image: Image.Image) -> Image.Image:
    """Return the middle square, reduced by a whole number and strip by strip.

    Pixels in another form would need as much memory again, were they made of the
    picture as a whole.
    """
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    factor = max(1, side // _ENOUGH)
    height = 64 * factor
    boxes = [
        (left, start, left + side, min(start + height, top + side))
        for start in range(top, top + side, height)
    ]
    strips = [_plain(image.crop(box)).reduce(factor) for box in boxes]
    reduced = Image.new(strips[0].mode, (strips[0].width, -(-side // factor)))
    for number, strip in enumerate(strips):
        reduced.paste(strip, (0, 64 * number))
    return reduced


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that can be reduced: L, RGB, RGBA or CMYK."""
    if image.mode == "I;16":
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert({"1": "L", "P": "RGB"}.get(image.mode, image.mode))


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in RGB or RGBA as its colour profile means it."""
    if image.mode != "RGBA":
        return _by_profile(image, profile).convert("RGB")
    colours = _by_profile(image.convert("RGB"), profile)
    colours.putalpha(image.getchannel("A"))
    return colours


def _by_profile(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return ``image`` in sRGB, or as it is when its profile is none for it."""
    if not profile:
        return image
    try:
        described = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        return (
            ImageCms.profileToProfile(image, described, srgb, outputMode="RGB") or image
        )
    except (OSError, ImageCms.PyCMSError):
        return image


def _encode(square: Image.Image, size: int) -> bytes:
    buffer = BytesIO()
    small = square.resize((size, size), Image.Resampling.LANCZOS)
    small.save(buffer, "WEBP", quality=85, method=_EFFORT)
    return buffer.getvalue()
