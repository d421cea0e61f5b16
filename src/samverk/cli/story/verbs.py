"""Every verb that a story may use."""

from samverk.cli.story import (
    verbs_after,
    verbs_coming_in,
    verbs_meetings,
    verbs_plan,
    verbs_promises,
    verbs_work,
)
from samverk.cli.story.verb import Verb

VERBS: dict[str, Verb] = {
    **verbs_coming_in.VERBS,
    **verbs_plan.VERBS,
    **verbs_meetings.VERBS,
    **verbs_promises.VERBS,
    **verbs_work.VERBS,
    **verbs_after.VERBS,
}
