"""Verbs of promises: made, kept, postponed, broken, released."""

from datetime import date
from uuid import UUID

from samverk.access import commitments as views
from samverk.access.declare import Promise, ReadCase, WriteNote
from samverk.access.permit import Permit
from samverk.actions import commitments, promises
from samverk.cli.story import world as w
from samverk.cli.story.verb import Arg, Verb, found

_WHICH = {"promise": Arg(w.label_or_words)}


def _promise(permit: Permit[ReadCase], *, promise: object, **_: object) -> views.CommitmentView:
    listed = views.commitments_of(permit, permit.today, history=False)
    live = [view for view in listed if view.status in ("open", "broken")]
    return found(live, promise, lambda view: view.what, lambda view: view.id)


def _make(permit: Permit[Promise], *, what: str, who: UUID | None, by: date, category: str, decision_kind: str) -> UUID:
    new = promises.NewPromise(
        what=what,
        due=by,
        by_participant=who is None,
        account=who,
        category=category,
        decision_kind=decision_kind,
    )
    return commitments.make(permit, promise=new)


VERBS: dict[str, Verb] = {
    "promise": Verb(
        Promise,
        _make,
        {
            "what": Arg(w.text),
            "who": Arg(w.account_or_herself),
            "by": Arg(w.day),
            "category": Arg(w.word, "process"),
            "decision_kind": Arg(w.word, ""),
        },
    ),
    "keep": Verb(
        Promise,
        lambda permit, *, promise, on, seen: commitments.keep(permit, commitment=seen.id, version=seen.version, on=on),
        {**_WHICH, "on": Arg(w.day, None)},
        look=_promise,
    ),
    "postpone": Verb(
        Promise,
        lambda permit, *, promise, by, reason, seen: commitments.postpone(
            permit, commitment=seen.id, version=seen.version, due=by, reason=reason
        ),
        {**_WHICH, "by": Arg(w.day), "reason": Arg(w.text)},
        look=_promise,
    ),
    "break": Verb(
        Promise,
        lambda permit, *, promise, reason, seen: commitments.break_(
            permit, commitment=seen.id, version=seen.version, reason=reason
        ),
        {**_WHICH, "reason": Arg(w.text)},
        look=_promise,
    ),
    "release promise": Verb(
        Promise,
        lambda permit, *, promise, reason, seen: commitments.release(
            permit, commitment=seen.id, version=seen.version, reason=reason
        ),
        {**_WHICH, "reason": Arg(w.text)},
        look=_promise,
    ),
    "ask for a call": Verb(
        WriteNote, lambda permit, *, words: commitments.call_me(permit, words=words), {"words": Arg(w.text, "")}
    ),
}
