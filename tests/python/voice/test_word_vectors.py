"""Similar words, similar terms and products for searches, from few made texts."""

import numpy as np
import pyarrow as pa
import pytest
from customer_insight.steps.step_result import OK
from customer_insight.voice import search_terms, similar_words, word_vectors

TEXTS = {"text": pa.string(), "writer_code": pa.int32(), "is_of_the_shop": pa.bool_()}
TERMS = {"term_code": pa.int32(), "term": pa.string()}
FOLLOWED = {"term_code": pa.int32(), "product_code": pa.int32(), "clicks": pa.int64(), "buyers": pa.int64()}
PRODUCTS = {"product_code": pa.int32(), "product_name": pa.string(), "buyers": pa.int64(), "is_available": pa.bool_()}
GOODS = ["mug", "cup", "kettle", "pot", "spoon", "plate", "jug", "bowl"]
FRAMES = [
    "the {} arrived broken in its box",
    "this {} leaks when I pour water",
    "lovely {} with a fine glaze and handle",
]
ABROAD = [
    "brahms sonata for {} and orchestra",
    "the {} concerto in minor key was played",
    "strings and {} of a quartet",
]
PLAYED = ["violin", "cello", "piano", "oboe"]


def table(schema, rows):
    return pa.Table.from_pylist([dict(zip(schema, row, strict=True)) for row in rows], pa.schema(schema))


def written():
    rng = np.random.default_rng(3)
    rows = []
    for number in range(600):
        frames, nouns = (FRAMES, GOODS) if number % 2 else (ABROAD, PLAYED)
        text = frames[rng.integers(3)].format(nouns[rng.integers(len(nouns))])
        extra = ["well", "again", "today", "indeed", "friends"][rng.integers(5)]
        rows.append((f"{text} {extra} {number % 40 * 'a'}", number % 30, False))
    fillers = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    rows += [(f"{fillers[n % 60]} {fillers[(n * 7 + 1) % 60]} number {n}", n % 30, False) for n in range(900)]
    return rows


def run(texts=None, terms=(), followed=(), products=(), **settings):
    texts = written() if texts is None else texts
    return word_vectors.run(
        table(TEXTS, texts), table(TERMS, terms), table(FOLLOWED, followed), table(PRODUCTS, products), **settings
    )


def test_words_of_the_same_surroundings_are_the_most_similar():
    learned = run()
    assert learned.status == OK
    of = {}
    for row in learned.tables["similar_words"].to_pylist():
        of.setdefault(row["word"], []).append(row["similar_word"])
    for nouns in (GOODS, PLAYED):
        for noun in nouns:
            assert of[noun][0] in nouns, (noun, of[noun])


def test_rows_in_any_order_and_repeated_give_the_same_bytes():
    rows, rng = written(), np.random.default_rng(9)
    terms = [(1, "mug"), (2, "tea mug"), (3, "violin")]
    products = [(5, "Blue mug", 3, True), (6, "Old violin", 1, True)]
    followed = [(1, 5, 3, 0), (2, 5, 4, 2)]
    mixed = [rows[i] for i in rng.permutation(len(rows))] + rows[:10]
    one = run(rows, terms, followed, products)
    other = run(mixed, terms[::-1], followed[::-1], products[::-1])
    assert one.input_fingerprint == other.input_fingerprint
    for name, found in one.tables.items():
        assert found.equals(other.tables[name]), name


def test_words_that_few_people_wrote_are_not_shown_unless_the_shop_says_them():
    private = [(f"my pseudonym is zorro and the mug arrived broken {n}", 7, False) for n in range(8)]
    names = [(f"Zephyr mug of clay {n}", None, True) for n in range(8)]
    shown = set(run(written() + private + names).tables["similar_words"]["word"].to_pylist())
    assert "zorro" not in shown
    assert "zephyr" in shown
    assert "zorro" in set(run(written() + private, min_group_size=1).tables["similar_words"]["word"].to_pylist())


def test_addresses_markup_and_numbers_are_no_words():
    text = "Write <b>me</b> to jo.smith@example.com or https://a.example/x?u=jo, order O000123 &amp; thanks"
    assert similar_words.words_of(text) == ["write", "me", "to", "or", "order", "thanks"]


def test_names_of_people_and_streets_are_not_shown_however_many_have_them():
    letters = [(f"The mug arrived broken {n}.\nKind regards, Zebedee Quill", n % 20, False) for n in range(60)]
    letters += [(f"Please deliver the mug to {n} Zinnia Lane, Leeds", n % 20, False) for n in range(1, 60)]
    shown = set(run(written() + letters).tables["similar_words"]["word"].to_pylist())
    assert not shown & {"zebedee", "quill", "zinnia"}
    assert "mug" in shown


@pytest.mark.parametrize("texts", [[], [("", None, False)], [("?", 1, False)], [("mug " * 100_000, 1, False)]])
def test_few_texts_give_empty_tables_and_a_sentence(texts):
    learned = run(texts, [(1, "mug")], [], [(1, "Mug", 0, True)])
    assert learned.status.startswith("Similar words need at least 50 words")
    assert learned.tables["similar_words"].num_rows == 0
    assert learned.tables["suggested_products"].to_pylist()[0]["reason"] == "Called like it"


def suggested(terms, followed, products, **settings):
    found = run([], terms, followed, products, **settings).tables["suggested_products"].to_pylist()
    return {row["term_code"]: (row["product_code"], row["reason"]) for row in found}


def test_what_searchers_bought_comes_before_names_and_names_may_be_mistyped():
    products = [(1, "Complete Cat Food", 40, True), (2, "Classic Candle", 9, True), (3, "Candle Holder", 3, False)]
    terms = [(1, "kibble"), (2, "cnadle"), (3, "hammock"), (4, "candle"), (5, "candle holder")]
    followed = [(1, 1, 9, 6), (4, 1, 1, 4), (4, 2, 9, 5)]
    assert suggested(terms, followed, products) == {
        1: (1, "Bought by 6 who searched for it"),
        2: (2, "Called like it"),
        4: (2, "Bought by 5 who searched for it"),
    }  # nothing is a hammock, and the holder is not to be had


def test_a_mistyped_word_may_mean_several():
    products = [(1, "Bubble machine", 1, True), (2, "Bauble set", 90, True)]
    assert suggested([(1, "bbuble machine"), (2, "machine set")], [], products) == {1: (1, "Called like it")}


def test_what_everybody_buys_is_not_what_is_searched_for():
    products = [(1, "Bag", 1000, True), (2, "Bread pot", 8, True)]
    assert suggested([(1, "dutch oven")], [(1, 1, 0, 6), (1, 2, 9, 6)], products)[1][0] == 2


def test_too_few_buyers_are_not_told():
    assert suggested([(1, "kibble")], [(1, 1, 4, 4)], [(1, "Cat Food", 4, True)]) == {}


def test_terms_are_alike_in_spelling_or_in_what_is_clicked():
    terms = [(1, "candle"), (2, "cnadle"), (3, "sofa"), (4, "couch"), (5, "mug")]
    clicked = [(3, 7, 9, 0), (4, 7, 8, 0), (5, 8, 9, 0), (1, 9, 4, 0)]
    products = [(code, f"Thing {code}", 1, True) for code in (7, 8, 9)]
    found = {
        (row["term_code"], row["similar_term_code"])
        for row in run([], terms, clicked, products).tables["similar_terms"].to_pylist()
    }
    assert found == {(1, 2), (2, 1), (3, 4), (4, 3)}


def test_terms_with_personal_details_are_named_and_nowhere_else():
    said = ["anna.mueller@web.de", "0151 23456789", "anna müller hauptstraße 5 berlin", "12 rue de la paix"]
    goods = [
        "mug",
        "nike air max 90",
        "lego 75192",
        "4006381333931",
        "dr martens",
        "size 42",
        "hello kitty",
        "lego 75193",
    ]
    terms = list(enumerate([*said, "anna.muller@web.de", "x" * 201, *goods, "0151 23456780"]))
    followed = [(code, 1, 9, 9) for code, _ in terms]
    learned = run([], terms, followed, [(1, "anna müller hauptstraße", 9, True)])
    personal = [code for code, term in terms if term not in goods]
    assert learned.tables["personal_terms"]["term_code"].to_pylist() == personal
    alike = learned.tables["similar_terms"]
    assert alike.num_rows
    assert not {*alike["term_code"].to_pylist(), *alike["similar_term_code"].to_pylist()} & set(personal)
    assert learned.tables["suggested_products"]["term_code"].to_pylist() == [
        code for code, term in terms if term in goods
    ]


def test_a_phrase_points_where_its_rarest_words_do():
    learned = similar_words.learn(similar_words.read_texts(table(TEXTS, written())))
    phrases = search_terms.phrase_vectors(["the mug", "mug", "the cello", "unheard"], learned)
    assert phrases[0] @ phrases[1] > 0.8 > phrases[0] @ phrases[2]
    assert not phrases[3].any()
