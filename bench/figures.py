"""Numbers: middles, ratios, and files of them."""

import json
import math
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest of ``values`` that ``percent`` % of them do not exceed."""
    ordered = sorted(values)
    rank = math.ceil(len(ordered) * percent / 100)
    return ordered[max(rank, 1) - 1]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile, to three places."""
    return {
        "median": round(statistics.median(values), 3),
        "p95": round(percentile(values, 95), 3),
    }


def ratio(large: float | None, small: float | None) -> float | None:
    """Return how many times as much ``large`` is, None where that says nothing."""
    if large is None or not small:
        return None
    return round(large / small, 2)


def write(path: Path, figures: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


def read(path: Path) -> dict[str, Any] | None:
    """Return the figures in a file, None when nobody has measured yet."""
    try:
        figures: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        return None
    return figures
