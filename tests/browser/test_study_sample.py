"""The sample of a study, on invented people, from the file to the PDF. SAMVERK_SAMPLES=1 keeps it in docs/samples."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from samverk.access.declare_house import SeeStudies
from samverk.access.studies import price_books
from samverk.actions.study_run import Job
from samverk.cli.main import main
from samverk.cli.price_file import first_book
from samverk.store.models import Programme, StudyRun
from tests.browser.conftest import DESK, PHONE, ROOT
from tests.browser.reader import Reader
from tests.build import a_price_book, browser, done
from tests.people import Cast, cast
from tests.spec.c15_evaluation.studying import asked, defined, locked

SAMPLES = ROOT / "docs" / "samples"
KEEP = os.environ.get("SAMVERK_SAMPLES") == "1"
QUESTION = "Hur skiljer sig försörjningen mellan dem som var med i programmet och dem som inte var med?"
INVENTED = "Påhittade uppgifter."
FILES = ("rapport.pdf", "sammanfattning-sv.pdf", "sammanfattning-en.pdf")


def studied(folder: Path) -> tuple[Cast, dict[str, object]]:
    """A locked study of a generated file, run with the house's first price book: as an evaluator would do it."""
    people = cast()
    Programme.objects.filter(id=people.programme).update(name="Ett påhittat program")
    file = folder / "pahittade.parquet"
    assert main(["extract", "generate", "--out", str(file), "--people", "1200" if KEEP else "60"]) == 0
    a_price_book(people, first_book())
    book = done(people.eva, SeeStudies, price_books, programme=people.programme)[0]
    study = locked(
        people,
        question=QUESTION,
        comparison="doubly robust",
        file=file.read_bytes(),
        file_name=file.name,
        prices=book.fingerprint,
        outcomes=("improvement", "self_support"),
        kept=0.9,
    )
    assert Job(asked(people, study)).carry_out(), StudyRun.objects.get().reasons
    return people, {"programme": people.programme, "study": study}


def test_the_sample(
    tmp_path: Path, site: str, readers: Callable[..., Reader], screenshot: Callable[[Page, str], None]
) -> None:
    """Each page of a study on invented people says so, on a desk, on a phone and on paper (issue 4, "Shown by")."""
    people, where = studied(tmp_path)
    eva = readers(people.eva)
    for size, name in ((DESK, "study-report-sv"), (PHONE, "study-report-phone-sv")):
        eva.page.set_viewport_size(size)  # type: ignore[arg-type]
        eva.open("study_results", **where)
        eva.sees(INVENTED)
        screenshot(eva.page, name)
    eva.page.set_viewport_size(DESK)  # type: ignore[arg-type]
    eva.open("study_summary", **where, language="sv")
    eva.sees(INVENTED)
    screenshot(eva.page, "study-summary-sv")
    eva.open("study_results_print", **where)
    eva.sees(INVENTED)
    eva.open("study_new", programme=people.programme)
    eva.open("study", **where)
    eva.open("study_register", **where)
    draft = defined(people, comparison="matched")
    eva.open("study_register", programme=people.programme, study=draft)
    eva.page.set_input_files("#id_file", {"name": "r.csv", "mimeType": "text/csv", "buffer": b"lopnr;arm\n1;2\n"})
    eva.press("Pröva")
    eva.sees("Filens kolumner heter inte som våra", 'person = ""')
    stig = readers(people.stig)
    stig.open("gains", programme=people.programme)
    stig.sees(INVENTED)
    if KEEP:
        keep(people, where)


def keep(people: Cast, where: dict[str, object]) -> None:
    """The PDF files, as the page gives them."""
    SAMPLES.mkdir(exist_ok=True)
    for what in FILES:
        answer = browser(people.eva).get(reverse("study_file", kwargs={**where, "what": what}))
        assert answer.status_code == 200
        (SAMPLES / what).write_bytes(answer.content)


@pytest.mark.parametrize("month", [12, 24])
def test_what_is_put_in_is_what_comes_of_it(month: int) -> None:
    """The truth of the sample, told by its chances, is the difference between many generated people (four errors wide)."""
    import numpy as np

    from samverk.evaluation.study_sample import Sample, generated

    recipe = Sample(people=4000, lost=0.0)
    data = generated(recipe, np.random.default_rng(3))
    day = {
        p: start + round(month * 30.4375) + 1
        for p, start in zip(data.people["person"], data.people["start"], strict=True)
    }
    spells = zip(*(data.livelihood[name] for name in ("person", "kind", "start", "stop")), strict=True)
    works = {p for p, kind, start, stop in spells if kind == "wage" and start <= day[p] < stop}
    group = dict(zip(data.people["person"], data.people["group"], strict=True))
    shares = [np.mean([p in works for p in group if group[p] == g]) for g in (0, 1)]
    assert abs(shares[1] - shares[0] - recipe.truth(month)) < 4 * np.sqrt(0.5 / 4000 * 2)
