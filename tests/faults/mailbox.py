"""A mail server in a process of its own, which writes down whom it took mail for.

Usage: python -m tests.faults.mailbox PORT FILE SECONDS_A_MESSAGE
A message is in the file, and on the disk, before it is acknowledged.
"""

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


class Handler:
    def __init__(self, file: Path, seconds: float) -> None:
        self.file = file
        self.seconds = seconds

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds)
        with self.file.open("a") as file:
            for recipient in envelope.rcpt_tos:
                file.write(f"{recipient}\n")
            file.flush()
            os.fsync(file.fileno())
        return "250 OK"


def main() -> None:
    port, file, seconds = int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
    Controller(Handler(file, seconds), hostname="127.0.0.1", port=port).start()
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    main()
