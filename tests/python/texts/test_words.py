"""Names of real products, in many scripts, as words that products can share."""

import unicodedata

import pyarrow as pa
import pytest
from customer_insight.similarity import content_similarity, product_similarity
from customer_insight.texts.words import is_readable, words
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Top", ["top"]),
        ("Full Side Bottom", ["full", "side", "bottom"]),
        ("Bikini Bottom", ["bikini", "bottom"]),
        ("4K TV 55″", ["4k", "tv", "55"]),
        ("The C++ Primer, C# too", ["the", "c++", "primer", "c#", "too"]),
        ("H&M Jeans & AT&T", ["h&m", "jeans", "at&t"]),
        ("USB-C+HDMI T-shirt Disney+", ["usb", "c", "hdmi", "t", "shirt", "disney+"]),
        ("Milk 1.5 l, 2,5 kg", ["milk", "1.5", "l", "2,5", "kg"]),
        ("Straße CAFÉ cafe\u0301", ["strasse", "café", "café"]),
        ("चाय का प्याला", ["चाय", "का", "प्याला"]),
        ("தேநீர் கோப்பை", ["தேநீர்", "கோப்பை"]),
        ("กางเกง", ["กา", "าง", "งเ", "เก", "กง"]),
        ("ผู้หญิง", ["ผู้ห", "หญิ", "ญิง"]),
        ("红茶杯 500ml", ["红茶", "茶杯", "500ml"]),
        ("茶", ["茶"]),
        ("iPhone15用ケース ﾊﾟﾝ", ["iphone15", "用ケ", "ケー", "ース", "パン"]),
        ("한국어 컵", ["한국어", "컵"]),
        ("می\u200cخواهم", ["میخواهم"]),  # noqa: RUF001
        ("!! & ++", []),
        ("", []),
    ],
)
def test_words_of_real_names(text, expected):
    assert words(text) == expected


@given(st.text(st.characters(categories=["L", "M", "N", "Zs", "P", "Sm"]), max_size=30))
def test_every_letter_is_in_a_word_and_no_word_begins_with_a_mark(text):
    plain = unicodedata.normalize("NFKC", text).casefold()
    found = words(text)
    assert {letter for letter in plain if letter.isalnum()} <= set("".join(found))
    assert all(unicodedata.category(word[0])[0] != "M" for word in found)
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(st.lists(st.text("abcäöß0я茶ग", min_size=1, max_size=8), min_size=1, max_size=5))
def test_spaces_divide_words_in_every_script(names):
    assert words(" ".join(names)) == [word for name in names for word in words(name)]


def test_reasons_are_words_that_people_can_read():
    readable = {
        term for term in ["mill", "4k", "c", "h&m", "tea mill", "茶杯", "चाय", "500ml", "12"] if is_readable(term)
    }
    assert readable == {"mill", "h&m", "茶杯", "चाय"}


def neighbours(names, **others):
    columns = {"product_name": names, **{name: [None] * len(names) for name in ("description", "category", "brand")}}
    columns |= others
    table = pa.table(
        {"product_code": pa.array(range(len(names)), pa.int32())}
        | {name: pa.array(values, pa.string()) for name, values in columns.items()}
    )
    rows = product_similarity.learn_content(table).tables["similar_products"].to_pylist()
    return {(names[row["product_code"]], names[row["similar_product_code"]]): row["reason_terms"] for row in rows}


def test_goods_that_stop_word_lists_hold_are_goods():
    near = neighbours(["Salt Mill", "Pepper Mill", "Bikini Top", "Crop Top", "Bikini Bottom", "Full", "Full"])
    assert near["Salt Mill", "Pepper Mill"] == "mill"
    assert near["Bikini Top", "Crop Top"] == "top"
    assert near["Bikini Top", "Bikini Bottom"] == "bikini"
    assert near["Full", "Full"] == "full"
    assert ("Crop Top", "Bikini Bottom") not in near
    shelves = neighbours(["A1", "B2", "C3"], category=["Top", "Top", "Side"])
    assert shelves == {("A1", "B2"): "top", ("B2", "A1"): "top"}


def test_what_every_fifth_product_says_says_nothing():
    names = [f"{colour} Mug of the shop number{number}" for number, colour in enumerate(["Red", "Blue", "Jade"] * 20)]
    near = neighbours([*names, "Teapot of the shop"])
    assert not any("Teapot of the shop" in pair for pair in near)
    assert content_similarity.tokens(("of the", "", "", "")) == ["of", "the", "of the"] * 3


@pytest.mark.parametrize(
    ("one", "like", "unlike"),
    [
        ("กางเกงยีนส์ผู้หญิง", "กางเกงยีนส์ผู้ชาย", "เสื้อยืด"),
        ("红茶茶杯", "绿茶茶杯", "牛仔裤"),
        ("コーヒーカップ 白", "コーヒーカップ 黒", "木製テーブル"),
        ("चाय का प्याला", "कॉफी का प्याला", "लाल कुर्ता"),
    ],
)
def test_products_of_any_script_are_alike_by_more_than_letters(one, like, unlike):
    near = neighbours([one, like, unlike])
    assert (one, like) in near
    assert near[one, like]
    assert (one, unlike) not in near
