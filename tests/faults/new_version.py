"""A new version while the site is used: by HUP, and by a stop and a start.

Behind a socket that somebody else holds, as systemd's socket units do.
"""

import signal
import socket
import time

from tests.faults.site import Site
from tests.faults.verdicts import Verdict, run
from tests.faults.visitors import Load

TITLE = "a new version: HUP, then stop and start behind a held socket"


def script(site: Site, verdict: Verdict) -> None:
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", site.port))
        # As in flasky-web.socket.
        listening.listen(2048)
        web = site.start_web(listening.fileno())
        try:
            site.wait_until_it_serves()
            with Load(site) as load:
                time.sleep(3)
                web.process.send_signal(signal.SIGHUP)
                time.sleep(8)
                began = time.monotonic()
                web.stop()
                stopped = web.process.returncode
                web = site.start_web(listening.fileno())
                site.wait_until_it_serves()
                away = time.monotonic() - began
                time.sleep(3)
        finally:
            web.stop()
            site.web = None
    verdict.promise(f"stops by itself, with {stopped}", stopped == 0)
    print(f"stop and start took {away:.1f} s, in which requests waited")
    verdict.settle_load(site, load)


if __name__ == "__main__":
    run(script, TITLE)
