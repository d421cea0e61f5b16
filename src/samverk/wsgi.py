"""The server's door handle: `gunicorn samverk.wsgi`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverk.settings.production")

application = get_wsgi_application()

if settings.SAMVERK_OPEN_FATES:
    # Started here, so that nobody's first page waits for it; elsewhere it starts with the first look.
    from samverk.web.fates_engine import ENGINE

    ENGINE.start()

# Set by `samverk serve` and the demonstration. Imported here: before, the settings were not chosen.
if os.environ.get("SAMVERK_SEALS_LOG"):
    from samverk.access.ledger.sequencer import run_beside

    run_beside()
