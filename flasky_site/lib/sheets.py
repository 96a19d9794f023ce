"""Tables for a spreadsheet, sent row by row so that they cost no memory."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

# What makes a spreadsheet take a text for a formula, which may call out or run things:
# https://owasp.org/www-community/attacks/CSV_Injection
# The wide ones are those of East Asian keyboards.
_WIDE_STARTS = "\uff1d\uff0b\uff0d\uff20"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *_WIDE_STARTS)
# Without it a spreadsheet does not take the file for UTF-8.
_BYTE_ORDER_MARK = "\ufeff"


class _Line:
    """What csv writes into: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def harmless(cell: object) -> str:
    """Return ``cell`` as text that no spreadsheet computes."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def send_sheet(
    name: str, heading: Iterable[object], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """Answer with a file of comma-separated values in UTF-8, made while it is sent."""
    response = StreamingHttpResponse(
        _lines(heading, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(
    heading: Iterable[object], rows: Iterable[Iterable[object]]
) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield _BYTE_ORDER_MARK + writer.writerow(map(str, heading))
    for row in rows:
        yield writer.writerow(map(harmless, row))
