import struct
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from accounts.pictures import LARGEST_FILE, cut_squares
from tests.pictures import encoded, png_chunk, png_of, quarters, upload

UNREADABLE = "We cannot read this file as a picture."


def complaint(content):
    with pytest.raises(ValidationError) as caught:
        cut_squares(upload(content))
    return caught.value.messages[0]


class TestRefusals:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"This is no picture.",
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>",
            b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
            b"%PDF-1.4",
            b"GIF89a/*=1;alert(1)//*/",
            b"\xff\xd8\xff\xe0<html>",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        ],
    )
    def test_name_what_is_no_picture(self, content):
        assert complaint(content).startswith(UNREADABLE)

    @pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "TGA", "AVIF"])
    def test_name_what_is_another_kind_of_picture(self, kind):
        assert complaint(encoded(quarters(), kind)).startswith(UNREADABLE)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
    @pytest.mark.parametrize("share", [0.05, 0.3, 0.7])
    def test_name_what_is_cut_off(self, kind, share):
        noise = Image.effect_noise((200, 200), 80).convert("RGB")
        content = encoded(noise, kind)

        cut_off = content[: int(len(content) * share)]

        assert complaint(cut_off).startswith(UNREADABLE)

    @pytest.mark.parametrize(
        ("width", "height"), [(50_000, 50_000), (6325, 6325), (40_000_001, 1)]
    )
    def test_name_too_many_pixels_before_reading_them(self, width, height):
        assert "40 million" in complaint(png_of(width, height))

    def test_name_pixels_that_were_announced_and_are_not_there(self):
        assert complaint(png_of(6324, 6324)).startswith(UNREADABLE)

    def test_name_a_file_that_is_too_large(self):
        content = encoded(quarters()).ljust(LARGEST_FILE + 1, b"\0")

        assert "5 MB" in complaint(content)

    def test_spare_a_file_of_just_the_largest_size(self):
        content = encoded(quarters()).ljust(LARGEST_FILE, b"\0")

        assert cut_squares(upload(content))

    def test_name_a_jpeg_that_would_be_read_for_minutes(self):
        content = encoded(quarters(), "JPEG", progressive=True)
        last_scan = content[content.rindex(b"\xff\xda") : -2]

        assert complaint(content[:-2] + last_scan * 60 + content[-2:]).startswith(
            UNREADABLE
        )


class TestBombs:
    """A few kilobytes that unpack to very much more than they look."""

    ZEROS = zlib.compress(bytes(100_000_000), 9)

    @pytest.mark.parametrize(("kind", "sizes_at"), [("GIF", 6), ("WEBP", 26)])
    def test_of_a_gif_or_webp_are_named_before_they_are_read(self, kind, sizes_at):
        size = struct.pack("<HH", 16_383, 16_383)
        content = bytearray(encoded(quarters(), kind))
        content[sizes_at : sizes_at + 4] = size

        assert "40 million" in complaint(bytes(content))

    @pytest.mark.parametrize(
        "chunk",
        [
            png_chunk(b"zTXt", b"a\0\0" + ZEROS),
            png_chunk(b"iTXt", b"a\0\1\0\0\0" + ZEROS),
            png_chunk(b"iCCP", b"a\0\0" + ZEROS),
            png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(900_000))) * 90,
        ],
    )
    def test_in_what_a_png_says_of_itself_are_not_unpacked(self, chunk):
        content = encoded(quarters())
        # After the signature and the head.
        bomb = content[:33] + chunk + content[33:]

        tracemalloc.start()
        with suppress(ValidationError):
            cut_squares(upload(bomb))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert most < 80_000_000
