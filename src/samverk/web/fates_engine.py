"""The engine of the three fates starts beside the server, and a page knows whether it may be asked.

numba and numpy come with the extra `fates`. The first start of an installation compiles for half a minute, later ones
take a second or two: nobody's page hangs meanwhile, and the house runs without them.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from django.template.loader import get_template
from django.urls import reverse

from samverk.web import pdf

READY, STARTING, MISSING = "ready", "starting", "missing"
PATIENCE = 4.0
"""Seconds that a page waits for an engine that is about to be ready, before it says so and asks again."""
TURN = 6.0
"""Seconds that a page waits for its turn to draw."""

_logger = logging.getLogger("samverk.fates")


class Busy(RuntimeError):
    """Others are drawing, and their turn has lasted too long."""


class Engine:
    """Started once, in a thread that ends with the process; `load` is what it takes to be ready."""

    def __init__(self, load: Callable[[], None]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._started = False
        self._state = STARTING
        self._turn = threading.BoundedSemaphore(1)

    def start(self) -> None:
        """Begin, unless it has begun."""
        with self._lock:
            if not self._started:
                self._started = True
                threading.Thread(target=self._run, name="fates", daemon=True).start()

    def state(self, patience: float | None = None) -> str:
        """READY, STARTING after so many seconds of waiting (PATIENCE), or MISSING when it can never be ready here."""
        self.start()
        self._done.wait(PATIENCE if patience is None else patience)
        return self._state

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One at a time draws, so that a page which is open to anyone cannot take the whole machine. Raises Busy."""
        if not self._turn.acquire(timeout=TURN):
            raise Busy
        try:
            yield
        finally:
            self._turn.release()

    def _run(self) -> None:
        try:
            self._load()
        except ImportError as missing:
            _logger.info("the three fates cannot be reckoned here: %s", missing)
            self._state = MISSING
        except Exception:
            # Such as a folder where nothing compiled can be kept: the house runs on, and the log says what to mend.
            _logger.exception("the engine of the three fates did not start")
            self._state = MISSING
        else:
            self._state = READY
        self._done.set()


def _load() -> None:
    if find_spec("numba") is None:
        raise ImportError("numba is not installed: it comes with the extra `fates`")
    from samverk.fates.warm import warm

    warm()
    # What everybody sees first is reckoned before anybody asks.
    from samverk.web import fates_reckoned
    from samverk.web.fates_asked import Asked

    fates_reckoned.worth(Asked())
    pdf.available()
    get_template("fates/page.html")
    reverse("fates")


ENGINE = Engine(_load)
"""The server's own."""
