"""Ask an address of the site; exit with 0 when it answers 200.

Usage: probe.py http://127.0.0.1:8000/readyz
"""

import sys
import urllib.error
import urllib.request


def main() -> int:
    try:
        with urllib.request.urlopen(sys.argv[1], timeout=4) as answer:  # noqa: S310
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
