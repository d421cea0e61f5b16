"""Reading a story: YAML in which every mistake is told with file and line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import yaml

from samverk.cli.errors import CommandError

LARGEST_FILE = 2 * 1024 * 1024
_NAME = re.compile(r"[a-zåäö0-9][a-zåäö0-9-]*\Z")
_HEADER = frozenset({"story", "title", "language", "now", "about", "cast", "parties", "programmes", "people", "events"})
_CAST = frozenset({"parties", "programmes", "people"})
_EVENT = frozenset({"at", "who", "does", "with", "about", "as"})


class StoryError(CommandError):
    """A story cannot be read or played on: says file, line, and what to mend."""


class Lined(dict[str, object]):
    """A mapping that knows on which line it, and each of its keys, stands."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """Who does what, when. `about`: the label of the case; `label`: what the result is called further on."""

    line: int
    at: datetime
    """As the clock on the wall says it in the story: without time zone, and not moved."""
    who: str
    does: str
    about: str
    label: str
    arguments: Lined


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it is written."""

    file: str
    name: str
    title: str
    now: datetime | None
    parties: Lined
    programmes: Lined
    people: Lined
    events: tuple[Event, ...] = field(default=())

    def wrong(self, line: int, text: str) -> StoryError:
        """What to raise about `line`."""
        return StoryError(f"{self.file}, line {line}: {text}")


def story_names() -> list[str]:
    """The stories that belong to Samverk."""
    folder = files("samverk.cli").joinpath("stories")
    names = (entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return sorted(name for name in names if not name.startswith("cast-"))


def read_story(name: str) -> Story:
    """The story of that name or file, with the cast that it names."""
    shown, text = _find(name)
    top = _parse(shown, text)
    _only(shown, top, _HEADER)
    if "events" not in top:
        raise StoryError(f"{shown}: the story has no events. Write “events:” and what happens.")
    cast = _cast(shown, top)
    about = str(top.get("about") or "")
    return Story(
        file=shown,
        name=_text(shown, top, "story"),
        title=str(top.get("title") or ""),
        now=_moment(shown, top, "now") if "now" in top else None,
        parties=_joined(shown, cast, top, "parties"),
        programmes=_joined(shown, cast, top, "programmes"),
        people=_joined(shown, cast, top, "people"),
        events=tuple(_events(shown, top, about)),
    )


def _find(name: str) -> tuple[str, str]:
    path = Path(name)
    if path.is_file():
        return name, _decoded(name, path.read_bytes())
    packed = files("samverk.cli").joinpath("stories", f"{name}.yaml")
    if _NAME.match(name) and packed.is_file():
        return f"{name}.yaml", packed.read_text(encoding="utf-8")
    raise StoryError(f"There is no story or file “{name}”. Stories: {', '.join(story_names())}.")


def _decoded(name: str, raw: bytes) -> str:
    if len(raw) > LARGEST_FILE:
        raise StoryError(f"{name} is larger than {LARGEST_FILE // 1024 // 1024} MB: this is no story.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise StoryError(f"{name} is not in UTF-8. Save it as UTF-8 and try again.") from None


class _Loader(yaml.SafeLoader):
    """YAML without dates of its own making (the story moves them), and with line numbers."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":float", ":bool"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
# Of its many words for true and false, YAML's "on" is needed for days here.
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:yes|no|true|false)$"), list("yntf"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lined:
    read = Lined(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in read:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” stands there twice", key_node.start_mark)
        read[key] = loader.construct_object(value_node, deep=True)
        read.lines[key] = key_node.start_mark.line + 1
    return read


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _parse(shown: str, text: str) -> Lined:
    try:
        top = yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StoryError(f"{shown}, line {line}: not readable as YAML ({error.problem}).") from None
    except yaml.YAMLError as error:
        raise StoryError(f"{shown}: not readable as YAML ({error}).") from None
    if not isinstance(top, Lined):
        raise StoryError(f"{shown} is no story: it is to begin with “story: its-name”.")
    return top


def _only(shown: str, read: Lined, known: frozenset[str]) -> None:
    for key in read:
        if key not in known:
            raise StoryError(
                f"{shown}, line {read.lines[key]}: “{key}” is not known here. Known: {', '.join(sorted(known))}."
            )


def _cast(shown: str, top: Lined) -> Lined:
    if "cast" not in top:
        return Lined(1)
    name = str(top["cast"])
    packed = files("samverk.cli").joinpath("stories", f"cast-{name}.yaml")
    if not (_NAME.match(name) and packed.is_file()):
        raise StoryError(f"{shown}, line {top.lines['cast']}: there is no cast “{name}”.")
    cast = _parse(f"cast-{name}.yaml", packed.read_text(encoding="utf-8"))
    _only(f"cast-{name}.yaml", cast, _CAST)
    return cast


def _joined(shown: str, cast: Lined, top: Lined, key: str) -> Lined:
    joined = Lined(top.lines.get(key, 1))
    for part in (cast.get(key), top.get(key)):
        if part is None:
            continue
        if not isinstance(part, Lined):
            raise StoryError(f"{shown}, line {joined.line}: “{key}” is to hold labels, each with what belongs to it.")
        joined.update(part)
        joined.lines.update(part.lines)
    return joined


def _text(shown: str, read: Lined, key: str) -> str:
    value = read.get(key)
    if not isinstance(value, str) or not value.strip():
        raise StoryError(f"{shown}, line {read.lines.get(key, read.line)}: “{key}” is missing or empty.")
    return value.strip()


def _moment(shown: str, read: Lined, key: str) -> datetime:
    text = _text(shown, read, key)
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (a wall clock: the player gives it its zone)
        except ValueError:
            continue
    raise StoryError(f"{shown}, line {read.lines[key]}: “{text}” is no time. Write it as 1995-01-02 09:00.")


def _events(shown: str, top: Lined, about: str) -> Iterator[Event]:
    listed = top["events"]
    if not isinstance(listed, list):
        raise StoryError(f"{shown}, line {top.lines['events']}: “events” is to be a list.")
    before: Event | None = None
    for read in listed:
        if not isinstance(read, Lined):
            raise StoryError(f"{shown}, line {top.lines['events']}: every event is to have at, who and does.")
        _only(shown, read, _EVENT)
        arguments = read.get("with") or Lined(read.line)
        if not isinstance(arguments, Lined):
            raise StoryError(f"{shown}, line {read.lines['with']}: “with” is to hold names and values.")
        event = Event(
            line=read.line,
            at=_moment(shown, read, "at"),
            who=_text(shown, read, "who"),
            does=_text(shown, read, "does"),
            about=str(read.get("about") or about),
            label=str(read.get("as") or ""),
            arguments=arguments,
        )
        if before is not None and event.at < before.at:
            raise StoryError(
                f"{shown}, line {event.line}: time goes back, from {before.at:%Y-%m-%d %H:%M} "
                f"(line {before.line}) to {event.at:%Y-%m-%d %H:%M}. Move the event."
            )
        before = event
        yield event
