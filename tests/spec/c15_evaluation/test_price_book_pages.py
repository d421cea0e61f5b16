"""Chapter 15, evaluation: the price book on its pages (issue 4, point 3)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverk.access import prices as access
from samverk.access.declare_house import ApprovePrices, KeepPrices, SeePrices
from samverk.access.price_engine import engine_book
from samverk.actions import prices
from samverk.cli.price_file import first_book
from samverk.domain.price_book import LevelTerms, PriceTerms, fingerprint
from samverk.domain.price_table import Table, read
from samverk.store.models import PriceBookVersion, PriceLevel, PriceRow
from tests.build import a_price_book, asked_of, browser, done
from tests.people import cast

pytestmark = pytest.mark.django_db

VISIT = PriceTerms(
    kind="primary_care_doctor",
    payer="region",
    receiver="resources",
    amount=Decimal(2093),
    unit="SEK/each",
    nature="resource",
    price_year=2024,
    confidence="read",
    source="vardgivarguiden.se",
    note="Regionen betalar.",
)
BENEFIT = PriceTerms(
    kind="rehabilitation_benefit",
    payer="FK",
    receiver="participant",
    amount=None,
    unit="SEK/day",
    nature="transfer",
    price_year=2024,
)
PENSION = replace(
    BENEFIT,
    kind="disability_pension",
    amount=Decimal(18223),
    low=Decimal(13275),
    high=Decimal(23171),
    unit="SEK/month",
    distribution="uniform",
    assumption=True,
    source="Mitt emellan",
)
KPI = LevelTerms(index="KPI", year=2023, level=Decimal("403.70"), source="scb.se")
TABLE = Table((VISIT, BENEFIT, PENSION), (KPI,))
TYPED = {
    "kind": "emergency_visit", "name": "", "payer": "region", "receiver": "resources", "nature": "resource",
    "amount": "3300", "unit": "SEK/each", "price_year": "2023", "low": "", "high": "", "distribution": "fixed",
    "valid_from": "", "valid_to": "2023-12-31", "source": "vardgivarguiden.se", "confidence": "read",
    "assumption": "no", "perspective": "", "note": "Regionen betalar.",
}  # fmt: skip
LEVEL = {"index": "KPI", "year": "2022", "level": "371.91", "source": "scb.se", "confidence": "read", "note": ""}


@pytest.fixture
def people():
    return cast()


@pytest.fixture
def drafted(people):
    """A book in force, and a draft that is a copy of it; Cia's browser."""
    a_price_book(people, TABLE)
    done(people.cia, KeepPrices, prices.begin)
    return browser(people.cia)


def page(who, path):
    answer = browser(who).get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def queries_of(who, path):
    """How many queries the page asks."""
    client = browser(who)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(asked_of(queries))


# Reading


def test_the_book_shows_source_year_and_mark(people):
    """Amount, unit, year, source and how it was read; an assumption is marked, an empty amount says why (issue 4, 3)."""
    a_price_book(people, TABLE)
    text = page(people.bo, "/prisbok/")
    for words in (
        "Läkarbesök i primärvården", "2 093 kr", "per gång eller timme", "2024 års priser",
        "Källa: vardgivarguiden.se (läst i källan)", "Regionen", "Verkliga resurser", "Regionen betalar.",
        "antagande", "Antagande: Mitt emellan", "13 275 kr–23 171 kr", "Ingen källa: ingen siffra",
        "1 saknar källa", "1 är ett antagande", "Cia föreslog", "Dag godkände", "403,7", "Ett index är inget pris",
        PriceBookVersion.objects.get().fingerprint,
    ):  # fmt: skip
        assert words in text, words
    assert "Ändra prisboken" not in text
    assert "Ändra prisboken" in page(people.cia, "/prisbok/")


def test_one_payers_rows_can_be_read_alone(people):
    """Each party looks for its own; a payer that does not exist is none."""
    a_price_book(people, TABLE)
    text = page(people.bo, "/prisbok/?betalare=region")
    assert "Läkarbesök" in text
    assert "Sjukersättning" not in text
    assert "Ingen rad har den betalaren" in page(people.bo, "/prisbok/?betalare=AF")
    assert "Sjukersättning" in page(people.bo, "/prisbok/?betalare=landlord")


def test_an_evaluator_without_a_party_reads_it_and_a_participant_does_not(people):
    """It is for whoever works with the figures; no address tells a participant that there is one."""
    a_price_book(people, TABLE)
    page(people.eva, "/prisbok/versioner/")
    for path in ("/prisbok/", "/prisbok/versioner/", "/prisbok/versioner/1/csv/", "/prisbok/utkast/"):
        assert browser(people.egon).get(path).status_code == 404


def test_an_empty_house_says_what_to_do(people):
    """Nobody named; a draft; a proposal: each says what comes next (design.md)."""
    assert "utser två prisboksansvariga" in page(people.bo, "/prisbok/")
    assert "utser två prisboksansvariga" in page(people.bo, "/prisbok/versioner/")
    a_price_book(people, TABLE, until="draft")
    assert "Det finns ett utkast" in page(people.bo, "/prisbok/")
    done(people.cia, KeepPrices, lambda p: prices.propose(p, words="Den första.", version=1))
    assert "en andra prisboksansvarig" in page(people.bo, "/prisbok/")
    assert "Ett förslag väntar" in page(people.cia, "/prisbok/utkast/")


def test_the_file_is_the_book(people):
    """What is taken out, read in again, has the same name as what was approved (issue 4, 3)."""
    a_price_book(people, first_book())
    answer = browser(people.eva).get("/prisbok/versioner/1/csv/")
    kept = PriceBookVersion.objects.get().fingerprint
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"prisbok-1-{kept}.csv" in answer["Content-Disposition"]
    table = read(answer.content.decode("utf-8-sig"))
    assert engine_book(table).version == fingerprint(table.prices, table.levels) == kept


def test_what_a_version_changed_is_shown_old_and_new(people, drafted):
    """Row by row, also against another version that is asked for (issue 4, 3)."""
    row = PriceRow.objects.get(book__status="draft", kind=VISIT.kind)
    gone = PriceRow.objects.get(book__status="draft", kind=BENEFIT.kind)
    dearer = replace(VISIT, amount=Decimal("2200.50"))
    done(people.cia, KeepPrices, lambda p: prices.change_price(p, row=row.id, terms=dearer, version=1))
    done(people.cia, KeepPrices, lambda p: prices.remove_price(p, row=gone.id, version=1))
    done(people.cia, KeepPrices, lambda p: prices.add_level(p, terms=replace(KPI, year=2024)))
    text = page(people.bo, "/prisbok/versioner/2/andrat/")
    assert "<del>2 093 kr</del> → <ins>2 200,50 kr</ins>" in text
    assert "Rehabiliteringsersättning, Försäkringskassan → Deltagaren" in text
    assert "borttagen" in text
    assert "KPI, 2024" in text
    assert "Sjukersättning" not in text
    assert "Inget skiljer sig från version 2" in page(people.bo, "/prisbok/versioner/2/andrat/?mot=2")
    assert "den första versionen" in page(people.bo, "/prisbok/versioner/1/andrat/")


def test_what_is_not_there_is_not_found(people, drafted):
    """Numbers and rows that do not exist; a row of an approved version; a proposal that is none."""
    frozen = PriceRow.objects.filter(book__status="approved").first()
    for path in (
        "/prisbok/versioner/9/", "/prisbok/versioner/9/andrat/", "/prisbok/versioner/1/andrat/?mot=9",
        "/prisbok/versioner/99999999999999999999/csv/", f"/prisbok/utkast/pris/{frozen.id}/",
        f"/prisbok/utkast/index/{frozen.id}/", "/prisbok/granska/",
    ):  # fmt: skip
        assert drafted.get(path).status_code == 404, path
    assert browser(people.anna).get("/prisbok/utkast/").status_code == 404


# Writing


def test_a_price_is_added_changed_and_removed(people, drafted):
    """On pages without script; the last day is typed as the last day, and kept as the day after."""
    assert drafted.post("/prisbok/utkast/pris/", TYPED).status_code == 302
    row = PriceRow.objects.get(kind="emergency_visit")
    assert (row.amount, str(row.valid_to)) == (Decimal(3300), "2024-01-01")
    form = drafted.get(f"/prisbok/utkast/pris/{row.id}/").context["form"]
    assert (form["valid_to"].value(), form["amount"].value()) == ("2023-12-31", "3300")
    changed = TYPED | {"amount": "3450,50".replace(",", "."), "version": "1"}
    assert drafted.post(f"/prisbok/utkast/pris/{row.id}/", changed).status_code == 302
    row.refresh_from_db()
    assert (row.amount, row.version) == (Decimal("3450.50"), 2)
    assert "3 450,50 kr" in page(people.cia, f"/prisbok/utkast/pris/{row.id}/ta-bort/")
    assert drafted.post(f"/prisbok/utkast/pris/{row.id}/ta-bort/", {"version": "2"}).status_code == 302
    assert not PriceRow.objects.filter(kind="emergency_visit").exists()


def test_an_index_is_added_changed_and_removed(people, drafted):
    """Year by year."""
    assert drafted.post("/prisbok/utkast/index/", LEVEL).status_code == 302
    row = PriceLevel.objects.get(year=2022)
    assert drafted.post(f"/prisbok/utkast/index/{row.id}/", LEVEL | {"level": "372", "version": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.level == 372
    assert "KPI, 2022" in page(people.cia, f"/prisbok/utkast/index/{row.id}/ta-bort/")
    assert drafted.post(f"/prisbok/utkast/index/{row.id}/ta-bort/", {"version": "2"}).status_code == 302
    assert not PriceLevel.objects.filter(year=2022).exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"source": ""}, "Skriv var siffran kommer ifrån"),
        ({"amount": "", "assumption": "yes"}, "Ett antagande behöver ett belopp"),
        ({"nature": "transfer"}, "Verkliga resurser står på ena sidan"),
        ({"valid_to": "9999-12-31"}, "Skriv en dag mellan"),
        ({"price_year": "9" * 30}, "9999"),
        ({"amount": "9" * 30}, "id_amount_error"),
        ({"kind": "moon"}, "id_kind_error"),
        ({"payer": ""}, "id_payer_error"),
        ({"distribution": "normal"}, "En fördelning behöver"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(drafted, typed, words):
    """Beside its field, with what was typed still there (docs/house.md)."""
    answer = drafted.post("/prisbok/utkast/pris/", TYPED | {"note": "Mina ord."} | typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "Mina ord." in text


def test_two_who_change_one_row_see_both_and_the_next_save_holds(people, drafted):
    """The page shows both texts, in words and not in codes (design.md)."""
    drafted.post("/prisbok/utkast/pris/", TYPED)
    row = PriceRow.objects.get(kind="emergency_visit")
    address = f"/prisbok/utkast/pris/{row.id}/"
    drafted.post(address, TYPED | {"amount": "3400", "confidence": "derived", "version": "1"})
    dag = browser(people.dag)
    answer = dag.post(address, TYPED | {"amount": "3500", "version": "1"})
    assert answer.status_code == 422
    assert [(both.mine, both.theirs) for both in answer.context["both"]] == [
        ("3500", "3400"),
        ("läst i källan", "uträknad"),
    ]
    assert dag.post(address, TYPED | {"amount": "3500", "version": "2"}).status_code == 302
    row.refresh_from_db()
    assert row.amount == 3500


def test_the_way_from_draft_to_book(people):
    """Proposed with what is new, sent back with a reason, proposed again, approved by the other (issue 4, 3)."""
    a_price_book(people, TABLE, until="draft")
    cia, dag = browser(people.cia), browser(people.dag)
    assert cia.post("/prisbok/utkast/foresla/", {"words": "", "version": "1"}).status_code == 422
    assert cia.post("/prisbok/utkast/foresla/", {"words": "Nytt.", "version": "1"}).status_code == 302
    assert "Granska förslaget" in page(people.dag, "/prisbok/")
    assert dag.post("/prisbok/granska/", {"answer": "no", "reason": "", "version": "2"}).status_code == 422
    assert dag.post("/prisbok/granska/", {"answer": "no", "reason": "Fel år.", "version": "2"}).status_code == 302
    assert "Fel år." in page(people.cia, "/prisbok/utkast/")
    assert cia.post("/prisbok/utkast/foresla/", {"words": "Rättat.", "version": "2"}).status_code == 422
    assert cia.post("/prisbok/utkast/foresla/", {"words": "Rättat.", "version": "3"}).status_code == 302
    own = cia.post("/prisbok/granska/", {"answer": "yes", "version": "4"})
    assert own.status_code == 422
    assert 'value="yes"' not in own.content.decode()
    assert PriceBookVersion.objects.get().status == "proposed"
    assert dag.post("/prisbok/granska/", {"answer": "yes", "version": "4"}).status_code == 302
    assert PriceBookVersion.objects.get().status == "approved"
    assert cia.post("/prisbok/utkast/").status_code == 302
    assert cia.post("/prisbok/utkast/").status_code == 422
    assert PriceBookVersion.objects.count() == 2


def test_a_page_asks_the_same_number_of_times_however_long_the_book(people):
    """At most 18 queries a page (docs/house.md)."""
    a_price_book(people, TABLE)
    paths = ("/prisbok/", "/prisbok/versioner/", "/prisbok/versioner/1/andrat/", "/prisbok/versioner/1/csv/")
    short = [queries_of(people.cia, path) for path in paths]
    done(people.cia, KeepPrices, prices.begin)
    for n in range(30):
        done(people.cia, KeepPrices, lambda p, n=n: prices.add_price(p, terms=replace(VISIT, name=f"{n}")))
    draft = [queries_of(people.cia, path) for path in ("/prisbok/utkast/", "/prisbok/utkast/foresla/")]
    version = done(people.cia, SeePrices, lambda p: access.with_status(p, "draft").version)
    done(people.cia, KeepPrices, lambda p: prices.propose(p, words="Lång.", version=version))
    draft.append(queries_of(people.dag, "/prisbok/granska/"))
    done(people.dag, ApprovePrices, lambda p: prices.approve(p, version=version + 1))
    assert [queries_of(people.cia, path) for path in paths] == short
    assert max(short + draft) <= 18


def test_only_the_keepers_find_a_way_to_write(people):
    """A keeper has the button; the address is not found by others, and the door's refusal is logged."""
    a_price_book(people, TABLE)
    price_keeper, other = browser(people.cia), browser(people.anna)
    assert b"/prisbok/utkast/" in price_keeper.get("/prisbok/").content
    assert b"/prisbok/utkast/" not in other.get("/prisbok/").content
    for path in ("/prisbok/utkast/", "/prisbok/utkast/pris/", "/prisbok/utkast/foresla/", "/prisbok/granska/"):
        assert other.get(path).status_code == 404
        assert other.post(path, TYPED).status_code == 404
