"""Compare kept pages with a bare view: ``python -m bench.visitors [SECONDS] [ROUNDS]``.

Takes the site that the environment names (production settings, filled, its static
files collected) and what it answers for BENCH_PATHS, else home, a profile and a post.
Sends the same bytes from a Django without middleware, whose view does nothing else.
Asks both in turns with wrk, through gunicorn with two workers, and prints requests a
second and the CPU that the workers took for each. The latter is worth more on a machine
that has other work.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HOST = "127.0.0.1"
SITE, BARE = 8761, 8762
PATHS = os.environ.get("BENCH_PATHS", "/ /user/user001/ /post/4990/").split()
BARE_SITE = """
import json, pathlib
from django.conf import settings
settings.configure(
    SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF="bare", MIDDLEWARE=[]
)
import django
django.setup()
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PAGES = json.loads((pathlib.Path(__file__).parent / "pages.json").read_text())


def view_of(page):
    content = page.encode()
    return lambda request: HttpResponse(content)


urlpatterns = [path(at.lstrip("/"), view_of(page)) for at, page in PAGES.items()]
application = get_wsgi_application()
"""


def serve(application: str, port: int, folder: str) -> subprocess.Popen[bytes]:
    folders = [folder, str(Path.cwd()), os.environ.get("PYTHONPATH", "")]
    settings = {"PYTHONPATH": os.pathsep.join(folders)}
    command = [sys.executable, "-m", "gunicorn", "--workers=2", "--threads=4"]
    command += ["--worker-class=gthread", "--log-level=error"]
    return subprocess.Popen(  # noqa: S603
        [*command, f"--bind={HOST}:{port}", application],
        env={**os.environ, **settings},
    )


def fetch(port: int, path: str) -> bytes:
    """Return a page, once the server is there."""
    request = urllib.request.Request(
        f"http://{HOST}:{port}{path}", headers={"X-Forwarded-Proto": "https"}
    )
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
                content: bytes = response.read()
                return content
        except urllib.error.HTTPError as error:
            sys.exit(f"{path}: {error}")
        except OSError:
            time.sleep(0.1)
    sys.exit(f"Nobody answers on port {port}.")


def seconds_of_cpu(server: subprocess.Popen[bytes]) -> float:
    """Return what the workers of ``server`` took until now."""
    task = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    ticks = 0
    for worker in task.read_text().split():
        fields = Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(
    server: subprocess.Popen[bytes], port: int, path: str, seconds: int
) -> tuple[float, float]:
    """Return requests a second, and microseconds of CPU for each."""
    before = seconds_of_cpu(server)
    command = ["wrk", "-t1", "-c8", f"-d{seconds}", "-HX-Forwarded-Proto: https"]
    done = subprocess.run(  # noqa: S603
        [*command, f"http://{HOST}:{port}{path}"],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx" in done.stdout:
        sys.exit(f"Not all was well:\n{done.stdout}")
    rate = re.search(r"Requests/sec:\s*([\d.]+)", done.stdout)
    count = re.search(r"(\d+) requests in", done.stdout)
    if rate is None or count is None:
        sys.exit(f"wrk said what cannot be read:\n{done.stdout}")
    taken = seconds_of_cpu(server) - before
    return float(rate[1]), taken / int(count[1]) * 1e6


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flasky_site.settings.prod")
    with tempfile.TemporaryDirectory() as folder:
        site = serve("flasky_site.wsgi:application", SITE, folder)
        servers = [(site, SITE)]
        try:
            pages = {path: fetch(SITE, path).decode() for path in PATHS}
            Path(folder, "bare.py").write_text(BARE_SITE)
            Path(folder, "pages.json").write_text(json.dumps(pages))
            servers.append((serve("bare:application", BARE, folder), BARE))
            fetch(BARE, PATHS[0])
            for path in PATHS:
                compare(servers, path, seconds, rounds)
        finally:
            for server, _port in servers:
                server.terminate()
                server.wait()


def compare(
    servers: list[tuple[subprocess.Popen[bytes], int]],
    path: str,
    seconds: int,
    rounds: int,
) -> None:
    for server, port in servers:
        load(server, port, path, 1)
    results = [
        [load(server, port, path, seconds) for server, port in servers]
        for _round in range(rounds)
    ]
    (site_rate, site_cpu), (bare_rate, bare_cpu) = (
        [statistics.median(numbers) for numbers in zip(*each, strict=True)]
        for each in zip(*results, strict=True)
    )
    print(f"{path}: {site_rate:.0f}/s, bare {bare_rate:.0f}/s;", end=" ")
    print(f"{site_cpu:.0f} µs of CPU, bare {bare_cpu:.0f} µs:", end=" ")
    print(f"{bare_cpu / site_cpu:.0%} of a bare view")


if __name__ == "__main__":
    main()
