"""What the case page shows of hand-overs, follow-ups, the closing and the latest that happened."""

from typing import Any

from samverk.access import closing, codes, follow_ups, hand_overs
from samverk.access import timeline as time
from samverk.access.declare import CloseCase, ReadCase
from samverk.access.permit import Permit

LATEST = 6


def cards(permit: Permit[ReadCase]) -> dict[str, Any]:
    """The context of the four areas' cards. At most four queries, seven when the case is closed."""
    return {
        "hand_overs_live": [view for view in hand_overs.hand_overs_of(permit) if view.live],
        "timeline": time.timeline(permit, limit=LATEST),
        **(_after(permit) if permit.case.status == "closed" else {}),
    }


def _after(permit: Permit[ReadCase]) -> dict[str, Any]:
    points = [view for view in follow_ups.points_of(permit) if view.status in ("planned", "missed")]
    last = next(iter(closing.closings_of(permit)), None)
    names = codes.names("closing_reason", "destination")
    reasons, destinations = names["closing_reason"], names["destination"]
    return {
        "follow_up_points": points,
        "follow_up_now": next((view for view in points if view.may_answer), None),
        "closing": last,
        "closing_reason": reasons[last.reason].name if last and last.reason in reasons else "",
        "closing_destination": destinations[last.destination].name if last and last.destination in destinations else "",
        "may_take_up_again": bool(permit.capacities & CloseCase.who) and closing.may_take_up_again(permit),
    }
