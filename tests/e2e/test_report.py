"""The page of results, in a real browser: Debian's chromium, or whatever Playwright finds."""

import base64
import gzip
import shutil
import time
from pathlib import Path

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from customer_insight.report import wording
from customer_insight.report.metrics import metric_value, read_metrics
from customer_insight.report.page import write_report
from customer_insight.report.results import published_results
from warehouses import CONSOLE, ROOT, run

WIDTHS = (390, 1440)
METRICS = ROOT / "models" / "metrics" / "metrics.yml"
TOO_WIDE = """[...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll, svg, .skip"))
    .map((each) => each.outerHTML.slice(0, 100))"""


@pytest.fixture(params=["demo", "retail", "rees46"])
def shop(request):
    """Each shop in turn; the real ones where the public data is."""
    return request.getfixturevalue(request.param)


def page_of(shop) -> Path:
    return shop.published / "report.html"


class TestThePage:
    def test_is_written_by_every_build_and_says_so(self, shop):
        assert "Page for the owner: " in shop.output
        assert 100_000 < page_of(shop).stat().st_size < 3_000_000

    @pytest.mark.parametrize("width", WIDTHS)
    def test_fits_the_screen_and_shows_a_chart_in_every_figure(self, tab, shop, width):
        page = tab(page_of(shop), width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(TOO_WIDE) == []
        figures = page.locator("figure")
        assert figures.count() >= 3
        for number in range(figures.count()):
            drawn = figures.nth(number).locator(".chart:visible svg")
            assert drawn.count() == 1
            assert drawn.locator("path, line, text").count() > 3
            box = drawn.bounding_box()
            assert box["width"] > 250 if width == 390 else 400
            assert box["height"] > 60

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_passes_the_rules_of_accessibility_in_light_and_dark(self, tab, shop, scheme):
        found = Axe().run(tab(page_of(shop), color_scheme=scheme)).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []

    def test_follows_the_colours_of_the_reader(self, tab, demo):
        paper = "getComputedStyle(document.body).backgroundColor"
        line = """getComputedStyle(document.querySelector("#visits svg path[fill^='var']")).fill"""
        seen = {
            scheme: [tab(page_of(demo), color_scheme=scheme).evaluate(each) for each in (paper, line)]
            for scheme in ("light", "dark")
        }
        assert seen["light"][0] == "rgb(255, 255, 255)"
        assert all(light != dark for light, dark in zip(*seen.values(), strict=True))

    def test_prints_its_figures_without_search_and_navigation(self, tab, demo):
        page = tab(page_of(demo), width=390)
        page.emulate_media(media="print")
        assert not page.locator("nav").is_visible()
        assert not page.locator("search").is_visible()
        assert page.locator(".chart.wide:visible").count() == page.locator("figure").count()

    def test_shows_everything_but_the_search_without_scripts(self, tab, demo):
        page = tab(page_of(demo), java_script_enabled=False)
        assert page.locator("figure .chart:visible svg").count() > 8
        assert page.get_by_text("Searching needs scripts").is_visible()

    def test_says_where_there_is_nothing_to_say(self, tab, retail, rees46):
        assert "There are no events in this shop" in tab(page_of(retail)).locator("#visits").inner_text()
        rees = tab(page_of(rees46))
        assert "No two items are together" in rees.locator("#rules").inner_text()
        assert "shorter than the 30 days to be foretold" in rees.locator("#predictions").inner_text()
        assert rees.locator("#glance h2").inner_text() == "Since 1 October 2019"

    def test_tells_what_a_mark_means_where_the_pointer_is(self, tab, demo):
        page = tab(page_of(demo))
        page.locator("#visits .wide svg [data-says^='bought']").first.hover()
        assert page.locator("#tip").inner_text().startswith("bought: ")

    def test_shows_the_metrics_as_they_are_defined(self, tab, demo):
        tiles = tab(page_of(demo)).locator(".tiles li")
        shown = {tiles.nth(n).locator("h3").inner_text(): tiles.nth(n).locator(".big").inner_text() for n in range(6)}
        metrics = read_metrics(METRICS)
        with published_results(demo.published) as results:
            period = (results.days_before(28), results.end)
            value = {name: metric_value(results.connection, metrics[name], *period) for name in metrics}
        assert shown == {
            metrics["revenue"].label: wording.short(value["revenue"]),
            metrics["orders"].label: wording.whole(value["orders"]),
            metrics["average_order_value"].label: wording.amount(value["average_order_value"]),
            metrics["active_customers"].label: wording.whole(value["active_customers"]),
            metrics["conversion"].label: wording.percent(value["conversion"]),
            metrics["repeat_rate"].label: wording.percent(value["repeat_rate"]),
        }
        assert value["orders"] == demo.one("""
            select count(*) from shop.orders
            where is_sale and ordered_at > (select max(as_of) from segments.customer_rfm) - interval 28 days
        """)


class TestTheSearch:
    def test_finds_a_customer_by_keyboard_and_shows_lists_with_their_reasons(self, tab, demo):
        customer, segment, rfm = demo.one(
            "select customer_id, segment_name, rfm_segment from shop.customers order by gross_revenue desc, 1 limit 1"
        )
        page = tab(page_of(demo))
        page.keyboard.press("Tab")  # skip link
        page.keyboard.press("Tab")
        page.keyboard.type(customer.lower()[:-1])
        page.wait_for_selector("#matches [data-id]")
        page.keyboard.type(customer[-1])
        page.keyboard.press("ArrowDown")
        assert page.locator("#query").get_attribute("aria-activedescendant") == "match-0"
        page.keyboard.press("Enter")
        found = page.locator("#found")
        found.get_by_role("heading", name=f"Customer {customer}").wait_for()
        assert f"{segment}; {rfm}" in found.inner_text()
        offered = found.locator("ol li .note").all_inner_texts()
        reasons = demo.column(f"""
            select reason from recommendations.customer_recommendations
            where customer_id = '{customer}' order by recommendation_rank
        """)
        assert len(reasons) == len(offered) > 0
        assert all(text.startswith(reason) for text, reason in zip(offered, reasons, strict=True))
        pushes = demo.one(f"""
            select count(*) from predictions.prediction_drivers where customer_id = '{customer}' and driver_rank > 0
        """)
        assert found.locator(".pushes li").count() == pushes > 0

    def test_finds_a_product_by_name_and_leads_on_to_what_goes_with_it(self, tab, demo):
        product, name, other = demo.one("""
            select p.product_id, p.product_name, r.recommended_product_id
            from shop.products as p
            inner join recommendations.product_recommendations as r on p.product_id = r.product_id
            where r.method = 'bought_together' and r.recommendation_rank = 1 order by p.gross_revenue desc, 1 limit 1
        """)
        page = tab(page_of(demo), width=390)
        page.fill("#query", name.upper())
        page.locator(f"#matches [data-id='{product}']").click()
        page.locator("#found").get_by_role("heading", name="Bought together").wait_for()
        page.locator(f"#found a[href='#product={other}']").first.click()
        page.wait_for_function(f"document.querySelector('#found').innerText.includes('Product {other}')")
        page.go_back()
        page.wait_for_function(f"document.querySelector('#found').innerText.includes('Product {product}')")

    def test_says_what_it_holds_and_what_it_does_not_find(self, tab, demo, retail):
        every = demo.one("select count(*) from shop.customers where not is_erased")
        assert (
            f"Knows all {every:,} customers and all 300 products." in tab(page_of(demo)).locator("#holds").inner_text()
        )
        page = tab(page_of(retail), place="#customer=nobody")
        held = "Knows the 2,000 customers with the highest revenue, of 5,942 and the 2,000 products"
        assert held in page.locator("#holds").inner_text()
        page.get_by_text("There is no customer nobody in this page.").wait_for()
        page.fill("#query", "no such thing")
        page.get_by_text("Nothing of that name is in this page.").wait_for()

    def test_answers_within_two_seconds_of_opening_the_page(self, tab, demo):
        began = time.perf_counter()
        page = tab(page_of(demo))
        page.fill("#query", "C0")
        page.wait_for_selector("#matches [data-id]")
        assert time.perf_counter() - began < 2


@pytest.fixture
def published_copy(demo, tmp_path):
    """The demo's published folder, whose tables a test may change."""
    published = tmp_path / "published"
    shutil.copytree(demo.published, published, symlinks=True)
    (published / "customer_insight.duckdb").chmod(0o644)

    def changed(*statements: tuple[str, list]) -> Path:
        with duckdb.connect(str(published / "customer_insight.duckdb")) as connection:
            for statement, parameters in statements:
                connection.execute(statement, parameters)
        page = tmp_path / "changed.html"
        write_report(published, METRICS, page)
        return page

    return changed


def test_names_from_the_data_are_text_and_never_markup(tab, demo, published_copy):
    hostile = "'</title></script><img src=x onerror=alert(1)><b>&amp;{{ 7 * 7 }}"
    customer = demo.one("select min(customer_id) from shop.customers where not is_erased")
    page = published_copy(
        ("update shop.products set product_name = ? || product_name", [hostile]),
        ("update segments.segment_profiles set segment_name = ? || segment_name", [hostile]),
        ("update shop.customers set segment_name = ?", [hostile]),
        ("update recommendations.association_rules set antecedent_names = ?", [hostile]),
        ("update quality.rejected_rows set reason = ?", [hostile]),
        ("update recommendations.customer_recommendations set reason = ?", [hostile]),
    )
    shown = tab(page, place=f"#customer={customer}")
    shown.locator("#found").get_by_role("heading", name=f"Customer {customer}").wait_for()
    shown.fill("#query", "onerror")
    shown.wait_for_selector("#matches [data-id]")
    assert shown.locator("img").count() == 0
    for section in ("segments", "rules", "quality", "found"):
        assert hostile in shown.locator(f"#{section}").inner_text()


def test_moves_between_segments_are_shown_with_the_share_of_those_who_stayed(tab, published_copy):
    moves = [
        ("1>1", "1", "Loyal", "1", "Loyal", 90),
        ("1>2", "1", "Loyal", "2", "Lapsed", 10),
        ("new>2", None, None, "2", "Lapsed", 30),
    ]
    insert = """
        insert into segments.segment_transitions by name select ? as transition_id, ? as from_segment_id,
            ? as from_segment_name, ? as to_segment_id, ? as to_segment_name, ? as customers, 0.5 as share,
            timestamp '2025-11-30' as previous_at, 'run' as run_id, timestamp '2025-12-31' as as_of
    """
    page = published_copy(*((insert, list(move)) for move in moves))
    said = tab(page).locator("#segments").inner_text()
    assert "Moves since 30 November 2025: 90 % stayed where they were" in said
    rows = [line.split("\t") for line in said.splitlines() if line.startswith(("Loyal\t", "not a customer yet\t"))]
    assert rows == [["not a customer yet", "Lapsed", "30", "50 %"], ["Loyal", "Lapsed", "10", "50 %"]]


def test_the_same_results_give_the_same_bytes(demo, tmp_path):
    for name in ("one", "other"):
        write_report(demo.published, METRICS, tmp_path / f"{name}.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes() == page_of(demo).read_bytes()


def test_nothing_private_is_in_the_page(demo):
    page = page_of(demo).read_text(encoding="utf-8")
    packed = page.partition('id="index">')[2].partition("</script>")[0]
    known = page + gzip.decompress(base64.b64decode(packed)).decode()
    assert demo.one("select max(customer_id) from shop.customers where not is_erased") in known
    for column in ("email", "phone", "city"):
        for value in demo.column(f"select distinct {column} from shop.customers where length({column}) > 5 limit 50"):
            assert value not in known


def test_without_a_publication_the_verb_says_how_to_get_one(tmp_path):
    ran = run([*CONSOLE, "report", "--from", str(tmp_path)], {})
    assert ran.code == 1
    assert ran.output.strip() == (
        f"No page: Nothing is published in {tmp_path}; the page shows published results: customer-insight publish."
    )
