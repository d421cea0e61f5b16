"""The states of each thing as text that draws itself: made from the table, so that no drawing goes its own way."""

from samverk.domain.parties import Capacity
from samverk.domain.process import FINAL, FIRST, TRANSITIONS, Transition

HEAD = """\
# The states

Made from `samverk.domain.process.TRANSITIONS` by `samverk diagrams`; do not change it by hand. The check compares.

An arrow says what is done and by whom. A thing begins at the black dot; where an arrow leads to the ringed dot, it may
end there for good.
"""


def mermaid(thing: str) -> str:
    """The state diagram of one thing, in Mermaid's words."""
    rows = [row for row in TRANSITIONS if row.thing == thing]
    lines = ["stateDiagram-v2", f"    [*] --> {FIRST[thing]}"]
    lines += [f"    {row.before} --> {row.after}: {row.verb} ({_by(row)})" for row in rows]
    lines += [f"    {state} --> [*]" for state in sorted(FINAL[thing])]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole of docs/states.md."""
    return HEAD + "".join(f"\n## {_title(thing)}\n\n```mermaid\n{mermaid(thing)}```\n" for thing in FIRST)


def _by(row: Transition) -> str:
    return ", ".join(capacity.value for capacity in Capacity if capacity in row.by)


def _title(thing: str) -> str:
    return thing.replace("_", " ").capitalize()
