"""Every text can be read on what it stands on, computed from the colour tokens."""

import math
import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
TOKEN = re.compile(
    r"--([a-z-]+):\s*light-dark\(\s*oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\s*\);"
)
THEMES = ("light", "dark")
PROSE, TEXT, SHAPE = 7.0, 4.5, 3.0

# What stands on what: the foreground, the backgrounds it is used on, the least ratio.
PAIRS = [
    ("ink", ("paper", "sheet"), PROSE),
    ("quiet", ("paper", "sheet"), TEXT),
    ("accent", ("paper", "sheet"), TEXT),
    ("danger", ("paper", "sheet"), TEXT),
    ("on-accent", ("accent",), TEXT),
    ("code-keyword", ("paper", "sheet"), TEXT),
    ("code-name", ("paper", "sheet"), TEXT),
    ("code-number", ("paper", "sheet"), TEXT),
    ("code-string", ("paper", "sheet"), TEXT),
]


RAW_COLOUR = re.compile(
    r":.*#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|oklch|lch|lab)a?\(", re.I
)


def used_for(declaration):
    """Return the tokens that the style sheets use for a property."""
    css = "".join(path.read_text() for path in CSS.glob("*.css"))
    return set(re.findall(declaration + r":\s*var\(--([a-z-]+)\)", css))


def read_tokens(css):
    """Return {name: (light, dark)}, each colour as (lightness, chroma, hue)."""
    return {
        name: tuple(tuple(map(float, colour.split())) for colour in colours)
        for name, *colours in TOKEN.findall(css)
    }


def linear_srgb(lightness, chroma, hue):
    """Convert as https://bottosson.github.io/posts/oklab/ does."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def luminance(colour):
    """Return WCAG's relative luminance; its weights take linear channels."""
    red, green, blue = (min(max(part, 0), 1) for part in linear_srgb(*colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TOKENS = read_tokens((CSS / "tokens.css").read_text())


class TestContrast:
    def test_agrees_with_known_ratios(self):
        white, black, grey = (1, 0, 0), (0, 0, 0), (0.5999, 0, 0)

        assert contrast(white, black) == pytest.approx(21)
        # sRGB #808080 is oklch(0.5999 0 0); WCAG gives it 3.95 on white.
        assert contrast(white, grey) == pytest.approx(3.95, abs=0.01)

    @pytest.mark.parametrize("theme", THEMES)
    @pytest.mark.parametrize(
        ("text", "background", "least"),
        [(text, on, least) for text, ons, least in PAIRS for on in ons],
    )
    def test_is_enough_for_every_text(self, theme, text, background, least):
        index = THEMES.index(theme)
        ratio = contrast(TOKENS[text][index], TOKENS[background][index])

        assert ratio >= least, f"{text} on {background} in {theme}: {ratio:.2f}"

    @pytest.mark.parametrize("theme", range(len(THEMES)), ids=THEMES)
    @pytest.mark.parametrize("shape", ["quiet", "accent", "danger"])
    def test_is_enough_for_the_edges_of_fields_and_the_focus(self, theme, shape):
        assert contrast(TOKENS[shape][theme], TOKENS["paper"][theme]) >= SHAPE


class TestTokens:
    def test_every_colour_can_be_shown_by_an_srgb_screen(self):
        outside = [
            f"{name} {theme}"
            for name, colours in TOKENS.items()
            for theme, colour in zip(THEMES, colours, strict=True)
            if any(not -0.002 <= part <= 1.002 for part in linear_srgb(*colour))
        ]

        assert not outside

    def test_every_text_colour_has_its_pairs(self):
        # "line" draws the hairlines between things, which nobody has to read.
        assert used_for(r"(?<!-)color") <= {text for text, _, _ in PAIRS} | {"line"}

    def test_every_background_has_its_pairs(self):
        assert used_for("background") <= {on for _, ons, _ in PAIRS for on in ons}

    def test_no_colour_is_written_anywhere_else(self):
        offences = [
            f"{path.name}: {line.strip()}"
            for path in CSS.glob("*.css")
            for line in path.read_text().splitlines()
            if RAW_COLOUR.search(line) and not TOKEN.search(line)
        ]

        assert not offences
