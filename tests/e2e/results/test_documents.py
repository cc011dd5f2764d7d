"""What is written and drawn about the project agrees with the project."""

import base64
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
import yaml
from console import CONSOLE, ROOT
from customer_insight.commands.model_comments import first_comment
from customer_insight.publish.result_tables import UNPUBLISHED
from customer_insight.report.page import COVERAGE
from customer_insight.report.sections.glance import MARGIN, NET, TILES

MARTS = {path.stem: path.parent.name for path in (ROOT / "models" / "marts").rglob("*.sql")}
PICTURE = ROOT / "docs" / "pipeline.svg"
SVG = "{http://www.w3.org/2000/svg}"


def diagram() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The boxes of README's Mermaid with their texts, and its arrows with theirs; spaces left out."""
    (source,) = re.findall(r"```mermaid\nflowchart \w+\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    boxes, arrows = {}, {}
    for line in source.splitlines():
        parts = re.split(r"\s+(?:--\s(.+?)\s-->|-\.\s(.+?)\s\.->|-->)\s+", line.strip().removeprefix("subgraph "))
        ends = [re.findall(r'(\w+)(?:\["(.+?)"\]|\[\((.+?)\)\])?(?: & |$)', part) for part in parts[::3]]
        for name, text, cylinder in (box for end in ends for box in end if box[0] != "end"):
            boxes.setdefault(name, (text or cylinder or name).replace(" ", ""))
        if len(parts) == 4:
            text = (parts[1] or parts[2] or "").replace(" ", "")
            arrows |= {(start, finish): text for start, *_ in ends[0] for finish, *_ in ends[1]}
    return boxes, arrows


def picture() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The same of the drawing."""
    boxes, arrows = {}, {}
    for group in ElementTree.parse(PICTURE).iter(f"{SVG}g"):
        text = "".join(group.itertext()).replace(" ", "")
        kind = (group.get("class") or "").split(" ")[0]
        if kind in ("node", "cluster"):
            boxes[re.fullmatch(r"my-svg-(?:flowchart-)?(\w+?)(?:-\d+)?", group.get("id")).group(1)] = text
        elif arrow := re.fullmatch(r"L_(\w+?)_(\w+?)_\d+", group.get("data-id") or ""):
            arrows[arrow.group(1), arrow.group(2)] = text
    return boxes, arrows


def exposed(name: str) -> list[str]:
    """What an exposure depends on: `ref('orders')`, `metric('revenue')`."""
    exposures = yaml.safe_load((ROOT / "models" / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
    (depends_on,) = [exposure["depends_on"] for exposure in exposures if exposure["name"] == name]
    return sorted(depends_on)


def results(*, activation: bool) -> list[str]:
    return [
        f"ref('{mart}')"
        for mart, topic in MARTS.items()
        if (activation or topic != "activation") and (topic, mart) not in UNPUBLISHED
    ]


def test_the_picture_of_the_docs_has_every_box_and_arrow_of_the_readme_and_no_other():
    boxes, arrows = diagram()
    assert len(arrows) >= 15
    assert picture() == (boxes, arrows)


def test_the_picture_has_a_box_for_each_topic_of_the_marts():
    assert set(MARTS.values()) <= set(diagram()[0])


def test_published_files_expose_every_mart_and_postgresql_all_but_activation():
    assert exposed("published_files") == sorted(results(activation=True))
    assert exposed("postgresql") == sorted(results(activation=False))


def test_the_page_exposes_the_marts_that_its_code_names_and_the_metrics_that_it_has():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "python/customer_insight/report").rglob("*.py"))
    read = {f"ref('{mart}')" for mart, topic in MARTS.items() if re.search(rf"\b{topic}\.{mart}\b", code)}
    assert exposed("page") == sorted(read | {f"metric('{name}')" for name in (*TILES, NET, *MARGIN, COVERAGE)})


@pytest.fixture(scope="module")
def models(demo):
    """The models that dbt knows of, by name."""
    nodes = json.loads((demo.path.parent / "manifest.json").read_text(encoding="utf-8"))["nodes"].values()
    return {node["name"]: node for node in nodes if node["resource_type"] == "model"}


def test_every_model_begins_with_what_a_row_is(models):
    comments = {name: first_comment(node["raw_code"], node["language"]) for name, node in models.items()}
    assert [name for name, comment in comments.items() if not comment.startswith(("One row", "Rows of lists"))] == []


def test_marts_are_described_in_yml_and_other_models_by_their_comment_alone(models):
    assert {name for name, node in models.items() if node["description"]} == set(MARTS)


@pytest.fixture(scope="module")
def page(workshop, demo):
    """The documentation of a copy of the demo shop, as the verb writes it."""
    workshop.put_copy(demo.path, "documented")
    ran = workshop.at_bench("documented", [CONSOLE, "docs"], "demo", has_manifest=True)
    assert ran.code == 0, ran.output
    return workshop.folder / "bench" / "docs.html"


def test_the_landing_page_has_the_picture_and_leads_to_pages_that_are_there(page):
    text = page.read_text(encoding="utf-8")
    assert f"](data:image/svg+xml;base64,{base64.b64encode(PICTURE.read_bytes()).decode()})" in text
    landing = (ROOT / "models" / "overview.md").read_text(encoding="utf-8")
    topics = re.findall(r"\(#!/overview/(\w+)\)", landing)
    assert set(topics) == set(MARTS.values())
    assert [topic for topic in topics if f'"unique_id": "doc.customer_insight.__{topic}__"' not in text] == []
    nodes = re.findall(r"\(#!/(?:model|metric|exposure)/([\w.]+)\)", landing)
    assert len(nodes) > 20
    assert [node for node in nodes if f'"unique_id": "{node}"' not in text] == []


def test_the_docs_describe_every_model(page, models):
    text = page.read_text(encoding="utf-8")
    for name, node in models.items():
        description = node["description"] or first_comment(node["raw_code"], node["language"])
        assert f'"description": {json.dumps(description)}' in text, name


def test_the_docs_do_not_say_where_they_were_made_and_count_no_visitors(page, workshop):
    text = page.read_text(encoding="utf-8")
    assert '"send_anonymous_usage_stats": false' in text
    assert [place for place in (str(ROOT), str(workshop.folder), str(workshop.showroom.parent)) if place in text] == []


class TestInABrowser:
    """The page has to be quiet: see `tab`."""

    def test_the_picture_is_seen(self, tab, page):
        picture = tab(page).locator("img[alt^='raw data']")
        picture.wait_for()
        assert picture.evaluate("image => image.complete && image.naturalWidth > 0")

    def test_a_topic_has_its_document(self, tab, page):
        tab(page, place="#!/overview/segments").get_by_role("heading", name="customer_rfm").wait_for()

    def test_lineage_is_drawn(self, tab, page):
        graph = tab(page, place="#!/overview?g_v=1&g_i=%2Borders%2B").locator("canvas").first
        graph.wait_for()
        assert graph.bounding_box()["width"] > 500


def queries(name: str) -> list[str]:
    """The SQL in the last column of a document's tables."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(r"^\|.*\| `(select .+?)` \|$", text, re.MULTILINE)


@pytest.mark.parametrize("query", [*queries("README.md"), *queries("docs/tables.md")])
def test_every_query_of_the_documents_has_an_answer(demo, query):
    # segments move only from one as_of to the next: see test_segments_over_time
    # the made shop is one source in its first run, nobody pins, boosts or buries anything, and its campaigns are too
    # small to tell whom they move
    of_others = ("segment_transitions", "customer_joins", "product_joins", "shared_clues", "staff_rule_status")
    of_others += ("customer_uplift", "uplift_evaluation")
    assert demo.rows(query) or any(table in query for table in of_others)


def test_the_list_of_tables_has_every_public_table():
    rows = [line.split("|")[1] for line in (ROOT / "docs/tables.md").read_text("utf-8").splitlines() if "| `" in line]
    assert sorted(re.findall(r"`(\w+\.\w+)`", "".join(rows))) == sorted(
        f"{topic}.{mart}" for mart, topic in MARTS.items()
    )
