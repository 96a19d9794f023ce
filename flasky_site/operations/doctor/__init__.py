"""Looking at a site as a whole, and saying in words what to do."""

from .examination import EXAMINATIONS, examine
from .findings import Finding, Level

__all__ = ["EXAMINATIONS", "Finding", "Level", "examine"]
