"""A WSGI application around the site that says where each request spent its time."""

import cProfile
import pstats
import re
import time
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class ProfiledApplication:
    """Prints the ``length`` slowest functions of each request to ``write``.

    With ``folder`` each profile is kept there too, for snakeviz and the like.
    """

    def __init__(
        self,
        application: Application,
        *,
        write: Callable[[str], Any],
        length: int,
        folder: Path | None,
    ) -> None:
        self.application = application
        self.write = write
        self.length = length
        self.folder = folder

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        profile = cProfile.Profile()
        began = time.perf_counter()
        body = profile.runcall(self._whole_body, environ, start_response)
        milliseconds = (time.perf_counter() - began) * 1000
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        self.write(f"{method} {path}: {milliseconds:.1f} ms under the profiler")
        self.write(self._slowest(profile))
        if self.folder:
            name = re.sub(r"[^\w-]+", ".", path.strip("/")) or "root"
            file = f"{method}.{name[:100]}.{milliseconds:.0f}ms.{time.time_ns()}.prof"
            profile.dump_stats(self.folder / file)
        return [body]

    def _whole_body(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> bytes:
        answer = self.application(environ, start_response)
        try:
            return b"".join(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()

    def _slowest(self, profile: cProfile.Profile) -> str:
        text = StringIO()
        stats = pstats.Stats(profile, stream=text)
        stats.sort_stats("time", "calls").print_stats(self.length)
        return text.getvalue()
