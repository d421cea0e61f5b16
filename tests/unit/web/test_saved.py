"""A page as it is saved: what stands in it, without what only works in the house."""

from samverk.web.saved import main_of

PAGE = """<!doctype html><title>T</title><nav>meny</nav><main id="main" class="page">
<h1 class="x" onclick="a()">Plan</h1><p>5 &lt; 6 &amp; <a href="/arenden/1/">mer</a></p>
<form method="post"><input name="csrfmiddlewaretoken" value="hemlig"><p>skriv</p><form></form></form>
<a class="ds-button" href="/x/">Svara</a><ul><li>ett<br>två</ul><svg><title>bild</title></svg>
<time datetime="2026-01-01">i dag</time></main><footer>fot</footer>"""


def test_only_what_stands_in_the_page_is_kept() -> None:
    """No menu, form, button, picture, address, script or token; headings go one level down."""
    told = main_of(PAGE)
    assert '<h2 class="x">Plan</h2>' in told
    assert "<p>5 &lt; 6 &amp; mer</p>" in told
    assert '<time datetime="2026-01-01">i dag</time>' in told
    for gone in ("meny", "fot", "skriv", "Svara", "bild", "hemlig", "href", "onclick", "csrf"):
        assert gone not in told, gone


def test_text_that_looks_like_html_stays_text() -> None:
    """What was escaped in the page is escaped in the copy."""
    assert main_of("<main>&lt;script&gt;alert(1)&lt;/script&gt;</main>") == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert main_of('<main><p title="x" lang="s&quot;v">a</p></main>') == '<p lang="s&quot;v">a</p>'


def test_a_page_without_a_main_is_empty() -> None:
    assert main_of("<p>a</p>") == ""
