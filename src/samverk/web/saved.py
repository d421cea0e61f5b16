"""Pages as they are saved to be read without Samverk: what stands in them, without menus, forms and links."""

from html import escape
from html.parser import HTMLParser

LEFT_OUT = frozenset({"nav", "form", "button", "input", "select", "textarea", "script", "style", "svg", "template"})
EMPTY = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})
KEPT = frozenset({"class", "lang", "dir", "datetime", "colspan", "rowspan", "scope", "open"})


class _Main(HTMLParser):
    """Writes what stands in <main>: texts and their structure."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.inside = 0
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        button = tag == "a" and "ds-button" in (dict(attrs).get("class") or "")
        if self.skipped or (self.inside and (tag in LEFT_OUT or button)):
            if tag not in EMPTY:
                self.skipped.append(tag)
            return
        if tag == "main":
            self.inside += 1
        elif self.inside and tag != "a":
            kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name in KEPT)
            self.written.append(f"<{_lower(tag)}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
        elif tag == "main":
            self.inside -= 1
        elif self.inside and tag != "a" and tag not in EMPTY:
            self.written.append(f"</{_lower(tag)}>")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipped:
            self.written.append(escape(data, quote=False))


def _lower(tag: str) -> str:
    """One level further down for each heading: the document has a first heading of its own."""
    return f"h{min(int(tag[1]) + 1, 6)}" if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else tag


def main_of(page: str) -> str:
    """What stands in the page's <main>, as HTML that needs neither the house's styles nor its addresses."""
    parser = _Main()
    parser.feed(page)
    parser.close()
    return "".join(parser.written).strip()
