"""The programming interface: the same acts through the same door, for whoever is logged in."""

from samverk.api import cases, control, programmes, referrals
from samverk.api.closed import ClosedAPI

__all__ = ["api"]

api = ClosedAPI(
    title="Samverk",
    version="1",
    description="Cases, readings for control, programmes and referrals, as the one who is logged in may see and write them.",
    docs_url=None,
    urls_namespace="api",
)
for router in (cases.router, control.router, programmes.router, referrals.router):
    api.add_router("", router)
