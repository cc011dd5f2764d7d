"""The page of results, in a real browser: Debian's chromium, or whatever Playwright finds."""

import base64
import gzip
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from built_shops import SHOPS
from console import CONSOLE, ROOT, run
from customer_insight.report import periods, wording
from customer_insight.report.metrics import metric_value, read_metrics
from customer_insight.report.page import report_page
from customer_insight.report.report_errors import ReportError
from customer_insight.report.results import published_results

WIDTHS = (390, 1440)
METRICS = ROOT / "models" / "metrics" / "metrics.yml"
TOO_WIDE = """[...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll, svg, .skip"))
    .map((each) => each.outerHTML.slice(0, 100))"""

TYPED = {"time_zone", "reporting_currency", "channel_words", "channel_costs", "page_url", "suspicion_decisions"}


# texts of a visible chart that cover one another (halos say the same as the text that they are behind), or end outside
OVERPRINTED = """[...document.querySelectorAll(".chart svg")].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const seen = (each) => each.textContent.trim() && getComputedStyle(each).opacity > 0;
    const texts = [...svg.querySelectorAll("text")].filter(seen)
        .map((each) => ({said: each.textContent, box: each.getBoundingClientRect()}));
    const shared = (one, other, from, to) => Math.min(one[to], other[to]) - Math.max(one[from], other[from]);
    const covers = (one, other) => one.said !== other.said && shared(one.box, other.box, "left", "right") > 1
        && shared(one.box, other.box, "top", "bottom") > 3;
    const over = texts.flatMap((one, place) => texts.slice(place + 1).filter((other) => covers(one, other))
        .map((other) => `${one.said} over ${other.said}`));
    const cut = texts.filter(({box}) => box.left < frame.left - 9 || box.right > frame.right + 9);
    return [...over, ...cut.map(({said}) => `cut: ${said}`)];
})"""


@pytest.fixture(params=SHOPS)
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
            assert box["width"] > (250 if width == 390 else 400)
            assert box["height"] > 60

    @pytest.mark.parametrize("width", WIDTHS)
    def test_prints_no_label_of_a_chart_over_another_or_outside_of_it(self, tab, shop, width):
        page = tab(page_of(shop), width)
        assert page.evaluate(OVERPRINTED) == []

    def test_says_nothing_that_an_owner_would_stumble_over(self, tab, shop):
        page = tab(page_of(shop))
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        said = page.locator("body").inner_text()
        # what somebody has to type is said as it is written
        assert set(re.findall(r"\b[a-z]+_[a-z_]+\b", said)) <= TYPED
        assert re.findall(r"(?i)\b(?:robots?|foretold|nan|none|null|itemsets?|min support|as of)\b", said) == []

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
        assert "This shop's files hold no visits." in tab(page_of(retail)).locator("#visits").inner_text()
        rees = tab(page_of(rees46))
        assert "No two products are together in 5 of the" in rees.locator("#rules").inner_text()
        said = rees.locator("#predictions").inner_text()
        assert "The orders reach back less than a day, too short to say who buys within 30" in said
        assert rees.locator("#predictions :is(figure, table)").count() == 0
        assert rees.locator("#glance h2").inner_text() == "Since 1 October 2019"
        rees.locator("#holds a").first.click()
        rees.locator("#found h2").wait_for()
        assert "Predictions" not in rees.locator("#found").inner_text()

    def test_tells_what_a_mark_means_where_the_pointer_is(self, tab, demo):
        page = tab(page_of(demo))
        page.locator("#visits .wide svg [data-says^='bought']").first.hover()
        assert page.locator("#tip").inner_text().startswith("bought: ")

    def test_shows_the_metrics_as_they_are_defined(self, tab, demo):
        tiles = tab(page_of(demo)).locator(".tiles li")
        shown = {tiles.nth(n).locator("h3").inner_text(): tiles.nth(n).locator(".big").inner_text() for n in range(6)}
        metrics = read_metrics(METRICS)
        with published_results(demo.published) as results:
            period = periods.last_days(results)
            value = {name: metric_value(results.connection, metrics[name], *period) for name in metrics}
            money = results.money
        assert money.currency == "GBP"
        assert shown == {
            metrics["revenue"].label: money.short(value["revenue"]),
            metrics["orders"].label: wording.whole(value["orders"]),
            metrics["average_order_value"].label: money.amount(value["average_order_value"]),
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
        assert all(text.startswith(wording.with_days(reason)) for text, reason in zip(offered, reasons, strict=True))
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
            f"It knows all {every:,} customers and all 300 products."
            in tab(page_of(demo)).locator("#holds").inner_text()
        )
        page = tab(page_of(retail), place="#customer=nobody")
        every = retail.one("select count(*) from shop.customers where not is_erased")
        assert every > 4_000
        held = f"It knows the 2,000 customers with the highest revenue, of {every:,} and the 2,000 products"
        assert held in page.locator("#holds").inner_text()
        page.get_by_text("There is no customer nobody in this page.").wait_for()
        page.fill("#query", "no such thing")
        page.get_by_text("Nothing of that name is in this page.").wait_for()

    def test_closes_and_opens_again_by_keyboard_and_never_covers_what_follows(self, tab, demo):
        page = tab(page_of(demo), place="#customer=50%")
        page.get_by_text("There is no customer 50% in this page.").wait_for()
        page.locator("#query").focus()
        page.keyboard.type("C0")
        page.wait_for_selector("#matches [data-id]")
        page.keyboard.press("Escape")
        assert page.locator("#matches").is_hidden()
        page.keyboard.press("ArrowDown")
        page.wait_for_selector("#matches [data-id]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        assert page.locator("#matches").is_hidden()
        assert page.locator("#query").get_attribute("aria-activedescendant") is None

    def test_answers_within_two_seconds_of_opening_the_page(self, tab, demo):
        """In processor time, for builds may run beside it: `python -m benchmarks report` has the seconds."""
        page = tab(page_of(demo))
        measured = page.context.new_cdp_session(page)
        measured.send("Performance.enable")

        def processor_time():
            metrics = measured.send("Performance.getMetrics")["metrics"]
            return next(each["value"] for each in metrics if each["name"] == "ProcessTime")

        began = processor_time()
        page.reload()
        page.fill("#query", "C0")
        page.wait_for_selector("#matches [data-id]")
        assert 0 < processor_time() - began < 2


class PublishedCopy:
    """The demo's published run, of which a test changes tables."""

    def __init__(self, demo, folder: Path) -> None:
        self.folder = folder / "published"
        shutil.copytree(demo.published, self.folder, symlinks=True)

    def change(self, table: str, statement: str, *parameters: object) -> None:
        file = (self.folder / "current").resolve() / f"{table.replace('.', '/')}.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"create schema {table.split('.')[0]}")
            connection.execute(f"create table {table} as from read_parquet('{file}')")
            connection.execute(statement, list(parameters))
            file.unlink()
            connection.execute(f"copy {table} to '{file}' (format parquet)")

    def page(self) -> Path:
        file = self.folder.with_name("changed.html")
        file.write_text(report_page(self.folder, METRICS), encoding="utf-8")
        return file


@pytest.fixture
def published_copy(demo, tmp_path):
    """One for this test alone."""
    return PublishedCopy(demo, tmp_path)


def test_names_from_the_data_are_text_and_never_markup(tab, demo, published_copy):
    hostile = '\'</title></script><img src=x onerror=alert(1)><b>&amp;{{ 7 * 7 }} clip12 role="x" class='
    customer = demo.one("select min(customer_id) from shop.customers where not is_erased")
    for table, column in (
        ("shop.products", "product_name"),
        ("segments.segment_profiles", "segment_name"),
        ("segments.customer_segments", "segment_name"),
        ("shop.customers", "segment_name"),
        ("recommendations.association_rules", "antecedent_names"),
        ("quality.rejected_rows", "reason"),
        ("recommendations.customer_recommendations", "reason"),
    ):
        published_copy.change(table, f"update {table} set {column} = ? || {column}", hostile)
    page = tab(published_copy.page(), place=f"#customer={customer}")
    page.locator("#found").get_by_role("heading", name=f"Customer {customer}").wait_for()
    page.fill("#query", "onerror")
    page.wait_for_selector("#matches [data-id]")
    assert page.locator("img").count() == 0
    for section in ("segments", "rules", "quality", "found"):
        assert hostile in page.locator(f"#{section}").inner_text()
    drawn = page.locator("#segments .wide svg text").all_text_contents()
    assert any(hostile[:50] in text for text in drawn)  # names on the map are clipped


@pytest.fixture(scope="module")
def odd_page(demo, tmp_path_factory):
    """Customers who moved between segments, more of these than colours, and bestsellers that hardly anybody buys."""
    published = PublishedCopy(demo, tmp_path_factory.mktemp("odd"))
    moves = [
        ("1>1", "1", "Loyal", "1", "Loyal", 90),
        ("1>2", "1", "Loyal", "2", "Lapsed", 10),
        ("new>2", None, None, "2", "Lapsed", 30),
    ]
    for move in moves:
        insert = """
            insert into segments.segment_transitions by name select ? as transition_id, ? as from_segment_id,
                ? as from_segment_name, ? as to_segment_id, ? as to_segment_name, ? as customers, 0.5 as share,
                timestamp '2025-11-30' as previous_at, 'run' as run_id, timestamp '2025-12-31' as as_of
        """
        published.change("segments.segment_transitions", insert, *move)
    insert = """
        insert into segments.segment_profiles by name
        select '9' || n as segment_id, 'Extra ' || n as segment_name, 5 as customers, 0.01 as share,
            'Few.' as description
        from range(4) as extra(n)
    """
    published.change("segments.segment_profiles", insert)
    published.change(
        "recommendations.recommendation_evaluation",
        "update recommendations.recommendation_evaluation set value = 0.004"
        " where strategy = 'popular' and metric = 'hit_rate'",
    )
    return published.page()


def test_moves_between_segments_are_shown_with_the_share_of_those_who_stayed(tab, demo, odd_page):
    assert (
        "Nobody is known to have moved from one kind to another" in tab(page_of(demo)).locator("#segments").inner_text()
    )
    said = tab(odd_page).locator("#segments").inner_text()
    assert "Moves since 30 November 2025: 90 % stayed where they were" in said
    rows = [line.split("\t") for line in said.splitlines() if line.startswith(("Loyal\t", "not a customer yet\t"))]
    assert rows == [["not a customer yet", "Lapsed", "30", "50 %"], ["Loyal", "Lapsed", "10", "50 %"]]


def test_more_kinds_of_customers_than_colours_have_numbers_of_their_own(tab, odd_page):
    badges = tab(odd_page).locator(".badge").all_inner_texts()
    assert badges == [str(number + 1) for number in range(len(badges))]
    assert len(badges) > 8


def test_bestsellers_below_one_in_a_hundred_are_said_in_thousands(tab, odd_page):
    said = tab(odd_page).locator("#recommendations h3").first.inner_text()
    assert said.endswith("customers bought at least one; ten bestsellers: 4.0 of 1,000")


def test_a_shop_that_stopped_selling_sees_nothing_sold_and_weeks_of_nothing(tab, published_copy):
    published_copy.change("shop.orders", "delete from shop.orders where ordered_at > timestamp '2025-11-20'")
    page = tab(published_copy.page())
    tiles = page.locator(".tiles li").all_inner_texts()
    said = " ".join(tiles[0].split())
    assert said == "Revenue £0.00 100 % less than in the 28 days before 100 % less than a year before"
    marks = page.locator("#glance .wide svg [data-says]")
    said = [marks.nth(number).get_attribute("data-says") for number in range(marks.count())]
    assert any(each.startswith("Week of 15 December 2025: £0.00") for each in said)


def test_the_page_has_the_same_bytes_in_another_process_and_time_zone(demo, tmp_path):
    page = str(tmp_path / "page.html")
    ran = run([CONSOLE, "report", "--from", str(demo.published), "--to", page], {"TZ": "America/St_Johns"})
    assert ran.code == 0, ran.output
    assert (tmp_path / "page.html").read_bytes() == page_of(demo).read_bytes()


def test_a_run_of_another_version_is_named_instead_of_a_traceback(demo, tmp_path, published_copy):
    published_copy.change("shop.orders", "alter table shop.orders drop column is_sale")
    with pytest.raises(ReportError, match=r"another version of the project published it, publish it again"):
        published_copy.page()


def test_nothing_private_is_in_the_page(demo):
    page = page_of(demo).read_text(encoding="utf-8")
    packed = page.partition('id="index">')[2].partition("</script>")[0]
    known = page + gzip.decompress(base64.b64decode(packed)).decode()
    assert demo.one("select max(customer_id) from shop.customers where not is_erased") in known
    for column in ("email", "phone", "city", "cast(birth_date as varchar)"):
        for value in demo.column(f"select distinct {column} from shop.customers where length({column}) > 5 limit 50"):
            assert value not in known


def test_without_a_publication_the_verb_says_how_to_get_one(tmp_path):
    ran = run([CONSOLE, "report", "--from", str(tmp_path)], {})
    assert ran.code == 1
    assert ran.output.strip() == (
        f"No page: Nothing is published in {tmp_path}; the page shows published results: customer-insight publish."
    )


def test_who_is_behind_an_id_is_said_where_ids_stand_for_addresses_alone(tab, demo, published_copy):
    where = "staging.stg_published_ids"
    assert where not in tab(page_of(demo)).locator("body").inner_text()
    published_copy.change("shop.customers", "update shop.customers set customer_id = 'id-' || md5(customer_id)")
    page = tab(published_copy.page())
    assert where in page.locator("header").inner_text()
    assert "customers' ids" in page.locator("footer").inner_text()


def test_days_hours_and_amounts_are_those_of_the_shop(tab, demo, published_copy):
    head = tab(page_of(demo)).locator("header").inner_text()
    assert "31 December 2025, 23:22 (UTC)" in head
    assert "Days and hours are UTC; the setting time_zone gives the shop's own." in head
    assert "Amounts are in GBP." in head
    published_copy.change(
        "quality.shop_facts",
        """update quality.shop_facts set
            value = case fact when 'currency' then null when 'calendar_time_zone' then 'Europe/Berlin' else value end,
            reason = case fact when 'calendar_time_zone' then 'The setting time_zone.' else reason end""",
    )
    page = tab(published_copy.page())
    head = page.locator("header").inner_text()
    assert "1 January 2026, 00:22 (Europe/Berlin)" in head
    assert "Days and hours are those of Europe/Berlin. The shop's files name no currency; the setting" in head
    assert "the setting reporting_currency (such as EUR) says which it is." in head
    assert "£" not in page.locator("body").inner_text()


def test_wide_ids_and_a_chain_of_products_can_be_read(tab, demo, published_copy):
    for table in ("shop.customers", "predictions.customer_predictions"):
        published_copy.change(
            table, f"update {table} set customer_id = 'CUSTOMER-' || right('000000000000' || customer_id, 13)"
        )
    rules = "recommendations.association_rules"
    chain = f"""
        insert into {rules} by name
        select one.* replace (
            'chain ' || n as rule_id, '["' || n || '"]' as antecedent, '["' || n + 1 || '"]' as consequent,
            'SKU-00000000000000-' || n as antecedent_names, 'SKU-00000000000000-' || n + 1 as consequent_names,
            1 as antecedent_length, 1 as consequent_length, 100.0 - n as lift, 0.0 as q_value, false as is_redundant)
        from (select * from {rules} limit 1) as one, range(31) as numbers(n)
    """
    published_copy.change(rules, chain)
    page = tab(published_copy.page())
    assert page.evaluate(OVERPRINTED) == []
    assert (
        page.evaluate("""[...document.querySelectorAll(".scroll")].filter((each) => each.checkVisibility()
        && each.scrollWidth > each.clientWidth).map((each) => each.getAttribute("aria-label"))""")
        == []
    )
    columns = page.locator("#rules figure").last.locator(".wide svg circle, .wide svg path[fill*='second']")
    assert columns.count() > 20
    assert len({round(columns.nth(n).bounding_box()["x"] / 200) for n in range(columns.count())}) >= 3
