"""Time the making of avatars at the size limit: ``python -m bench.avatars``.

Prints seconds of CPU and the peak of memory, in MB over that of an idle process, for a
picture of 40 megapixels in each kind of file. Each is measured in a process of its own.
"""

import multiprocessing
import os
import sys
import time
from io import BytesIO
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.dev")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from PIL import Image  # noqa: E402

from accounts.pictures import LARGEST_FILE, cut_squares  # noqa: E402
from bench.machine import peak_memory  # noqa: E402

SIZE = (8000, 5000)
KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "JPEG": ("RGB", "JPEG", {"quality": 60}),
    "JPEG, progressive": ("RGB", "JPEG", {"progressive": True, "subsampling": 0}),
    "JPEG, CMYK": ("CMYK", "JPEG", {}),
    "PNG": ("RGB", "PNG", {}),
    "PNG, transparent": ("RGBA", "PNG", {}),
    "PNG, palette": ("P", "PNG", {}),
    "GIF": ("P", "GIF", {}),
    "WebP": ("RGB", "WEBP", {"method": 0}),
    "WebP, transparent": ("RGBA", "WEBP", {"method": 0, "lossless": True}),
}


def picture(name: str) -> bytes:
    mode, kind, options = KINDS[name]
    grey = Image.linear_gradient("L").resize(SIZE)
    turned = grey.transpose(Image.Transpose.ROTATE_180)
    buffer = BytesIO()
    Image.merge("RGB", (grey, turned, grey)).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def measure(content: bytes) -> tuple[float, float]:
    before, start = peak_memory(), time.process_time()
    cut_squares(ContentFile(content))
    return time.process_time() - start, peak_memory() - before


def main() -> None:
    # Not forked, so that the memory of making the picture does not count.
    fresh = multiprocessing.get_context("spawn")
    for name in KINDS:
        with fresh.Pool(1) as maker:
            content = maker.apply(picture, [name])
        if len(content) > LARGEST_FILE:
            sys.exit(f"{name}: {len(content)} bytes are more than may be sent.")
        with fresh.Pool(1) as pool:
            seconds, megabytes = pool.apply(measure, [content])
        print(f"{seconds:6.2f} s {megabytes:6.0f} MB  {name}")


if __name__ == "__main__":
    main()
