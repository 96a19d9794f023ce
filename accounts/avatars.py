"""Drawn avatars: a symmetric mosaic in two hues made of the member's id.

Nothing about a person goes into the picture, so it may be cached by anybody for ever.
"""

import hashlib

# Raise it when the drawing changes, so that caches ask again.
VERSION = 1
_CELLS = 5
_MIDDLE = _CELLS // 2


def draw_avatar(member_id: int) -> str:
    """Return an SVG of 5 × 5 cells, mirrored at the middle column."""
    digest = hashlib.sha256(f"flasky-avatar-{member_id}".encode()).digest()
    hue = digest[0] * 360 // 256
    other = (hue + 40 + digest[1] % 120) % 360
    back = f"hsl({hue} 45% 88%)"
    cells = {False: f"hsl({hue} 55% 42%)", True: f"hsl({other} 55% 38%)"}
    paths = {False: "", True: ""}
    for row in range(_CELLS):
        for column in range(_MIDDLE + 1):
            byte = digest[2 + row * (_MIDDLE + 1) + column]
            if byte & 1:
                square = f"M{column} {row}h1v1h-1z"
                mirror = f"M{_CELLS - 1 - column} {row}h1v1h-1z"
                paths[byte & 2 > 0] += square + (mirror if column < _MIDDLE else "")
    shapes = "".join(
        f'<path fill="{cells[kind]}" d="{path}"/>'
        for kind, path in paths.items()
        if path
    )
    # A cell of margin all around.
    side = _CELLS + 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {side} {side}" '
        'shape-rendering="crispEdges">'
        f'<path fill="{back}" d="M-1-1h{side}v{side}h-{side}z"/>{shapes}</svg>'
    )
