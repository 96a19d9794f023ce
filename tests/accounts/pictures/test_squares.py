import struct
from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from accounts.pictures import SIZES, cut_squares
from tests.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    encoded,
    png_of,
    quarters,
    upload,
)

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def exif(orientation):
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "secretcamera"
    return made.tobytes()


def cut(content):
    """Return what is made of a file, in its largest size."""
    return opened(cut_squares(upload(content))[256])


def opened(square):
    with Image.open(BytesIO(square), formats=["WEBP"]) as image:
        return image.convert("RGBA")


def corners(image):
    """Return what is above left, above right, below left and below right."""
    near, far = image.width // 4, image.width * 3 // 4
    places = [(near, near), (far, near), (near, far), (far, far)]
    return [image.getpixel(place)[:3] for place in places]


def is_near(found, expected, tolerance=12):
    return all(
        abs(part - wanted) <= tolerance
        for pixel, wish in zip(found, expected, strict=True)
        for part, wanted in zip(pixel, wish, strict=True)
    )


class TestCutSquares:
    def test_makes_webp_of_each_size(self):
        squares = cut_squares(upload(encoded(quarters())))

        assert tuple(squares) == SIZES
        for size, square in squares.items():
            assert opened(square).size == (size, size)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
    def test_reads_each_kind(self, kind):
        image = cut(encoded(quarters(), kind))

        assert is_near(corners(image), [RED, GREEN, BLUE, WHITE])

    @pytest.mark.parametrize("size", [(160, 80), (80, 161), (3001, 80), (7, 900)])
    def test_takes_the_middle(self, size):
        image = Image.new("RGB", size, RED)
        side = min(size)
        left, top = (size[0] - side) // 2, (size[1] - side) // 2
        image.paste(quarters((side, side)), (left, top))

        assert is_near(corners(cut(encoded(image))), [RED, GREEN, BLUE, WHITE])

    @pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (31, 31)])
    def test_enlarges_what_is_tiny(self, size):
        image = cut(encoded(Image.new("RGB", size, BLUE)))

        assert is_near(corners(image), [BLUE] * 4)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    def test_keeps_large_pictures_in_place(self, kind):
        image = cut(encoded(quarters((2345, 2777)), kind))

        assert is_near(corners(image), [RED, GREEN, BLUE, WHITE])
        assert is_near([image.getpixel((255, 255))[:3]], [WHITE])

    @pytest.mark.parametrize(
        ("orientation", "upright"),
        [
            (1, [RED, GREEN, BLUE, WHITE]),
            (2, [GREEN, RED, WHITE, BLUE]),
            (3, [WHITE, BLUE, GREEN, RED]),
            (4, [BLUE, WHITE, RED, GREEN]),
            (5, [RED, BLUE, GREEN, WHITE]),
            (6, [BLUE, RED, WHITE, GREEN]),
            (7, [WHITE, GREEN, BLUE, RED]),
            (8, [GREEN, WHITE, RED, BLUE]),
            (0, [RED, GREEN, BLUE, WHITE]),
            (99, [RED, GREEN, BLUE, WHITE]),
        ],
    )
    @pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
    def test_turns_a_picture_upright(self, kind, orientation, upright):
        content = encoded(quarters((80, 50)), kind, exif=exif(orientation))

        assert is_near(corners(cut(content)), upright)

    def test_leaves_a_picture_as_it_is_when_its_exif_is_broken(self):
        broken = exif(6).replace(b"MM\x00*", b"MM\x00!").replace(b"II*\x00", b"II!\x00")

        image = cut(encoded(quarters(), "WEBP", exif=broken))

        assert is_near(corners(image), [RED, GREEN, BLUE, WHITE])

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
    def test_lets_nothing_through_but_pixels(self, kind):
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "secretcomment")
        options = {
            "JPEG": {"comment": b"secretcomment", "xmp": b"secretxmp"},
            "PNG": {"pnginfo": text},
            "WEBP": {"xmp": b"secretxmp"},
            "GIF": {"comment": b"secretcomment"},
        }[kind]
        content = encoded(quarters(), kind, exif=exif(1), icc_profile=SRGB, **options)
        content += b"<script>secretscript()</script>PK\x03\x04"

        for square in cut_squares(upload(content)).values():
            assert square[:4] == b"RIFF"
            assert struct.unpack("<I", square[4:8])[0] == len(square) - 8
            assert not any(
                foreign in square for foreign in (b"secret", b"EXIF", b"ICCP", b"XMP")
            )

    def test_makes_a_picture_of_a_gif_that_is_a_script_too(self):
        content = bytearray(encoded(quarters().convert("P"), "GIF"))
        content += b"/*secret*/=1;alert(1);"

        squares = cut_squares(upload(bytes(content), "me.js"))

        assert not any(b"alert" in square for square in squares.values())


class TestColours:
    @pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA", "CMYK"])
    def test_are_kept_in_every_mode(self, mode):
        kind = "JPEG" if mode == "CMYK" else "PNG"
        content = encoded(quarters((900, 900), mode), kind)

        first, *_others, last = corners(cut(content))

        assert is_near([last], [WHITE])
        assert not is_near([first], [WHITE], tolerance=60)

    def test_of_sixteen_bits_are_not_clipped(self):
        row = b"\x00" + b"\x80\x00" * 8
        grey = png_of(8, 8, row * 8, depth=16, colour=0)
        row = b"\x00" + b"\x80\x00\x40\x00\xff\xff" * 8
        colour = png_of(8, 8, row * 8, depth=16, colour=2)

        assert is_near(corners(cut(grey)), [(128, 128, 128)] * 4)
        assert is_near(corners(cut(colour)), [(128, 64, 255)] * 4)

    def test_follow_the_profile(self):
        # In this profile, red and blue stand in each other's place.
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        content = bytearray(lab.tobytes())
        red, blue = content.find(b"rXYZ"), content.find(b"bXYZ")
        content[red : red + 4], content[blue : blue + 4] = b"bXYZ", b"rXYZ"

        image = cut(encoded(quarters(), icc_profile=bytes(content)))

        assert is_near([corners(image)[0]], [BLUE], tolerance=40)

    @pytest.mark.parametrize("profile", [b"nonsense", b"\x00" * 200])
    def test_are_taken_as_they_are_when_the_profile_is_broken(self, profile):
        image = cut(encoded(quarters(), icc_profile=profile))

        assert is_near(corners(image), [RED, GREEN, BLUE, WHITE])

    def test_are_taken_as_they_are_when_the_profile_is_for_others(self):
        image = cut(encoded(quarters(mode="CMYK"), "JPEG", icc_profile=SRGB))

        assert is_near([corners(image)[3]], [WHITE])


class TestTransparency:
    def see_through(self, mode):
        image = quarters().convert("RGBA")
        image.paste((0, 0, 0, 0), (0, 0, 40, 40))
        return image.convert(mode)

    @pytest.mark.parametrize("mode", ["RGBA", "LA"])
    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_is_kept(self, kind, mode):
        image = cut(encoded(self.see_through(mode), kind, icc_profile=SRGB))

        assert image.getpixel((64, 64))[3] == 0
        assert image.getpixel((192, 192))[3] == 255

    @pytest.mark.parametrize("kind", ["PNG", "GIF"])
    def test_of_one_colour_is_kept(self, kind):
        palette = quarters().convert("P", palette=Image.Palette.ADAPTIVE)
        content = encoded(palette, kind, transparency=palette.getpixel((0, 0)))

        image = cut(content)

        assert image.getpixel((64, 64))[3] == 0
        assert image.getpixel((192, 192))[3] == 255

    def test_does_not_bleed_into_what_is_seen(self):
        image = Image.new("RGBA", (4000, 4000), (0, 0, 0, 0))
        image.paste((*WHITE, 255), (2000, 0, 4000, 4000))

        edge = cut(encoded(image)).crop((126, 0, 130, 256))

        for red, *_, alpha in edge.get_flattened_data():
            assert alpha < 32 or red > 225

    def test_is_written_without_the_effort_that_takes_seconds(self, monkeypatch):
        content = encoded(self.see_through("RGBA"))
        efforts = []
        monkeypatch.setattr(
            Image.Image, "save", lambda *args, method, **more: efforts.append(method)
        )

        cut_squares(upload(content))

        assert len(efforts) == len(SIZES)
        assert max(efforts) <= 4  # 6 takes 190 times as long for noise.


class TestMovingPictures:
    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
    def test_become_their_first_frame(self, kind):
        others = [Image.new("RGB", (80, 80), BLUE)] * 3
        content = encoded(quarters(), kind, save_all=True, append_images=others)

        image = cut(content)

        assert is_near(corners(image), [RED, GREEN, BLUE, WHITE])
