"""Support messages of one block, composed from sentences, and answers with the facts of the order in them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customer_insight.demo import columns, message_facts, words_answers_de, words_answers_en
from customer_insight.demo import words_messages as words
from customer_insight.demo.catalogue import DemoCatalogue
from customer_insight.demo.columns import TextColumn, TextTable
from customer_insight.demo.dates import NEW_WORDS
from customer_insight.demo.message_facts import ANSWERS, INTENT_OF, KEYS, AskedLines
from customer_insight.demo.orders import Lines, Orders, order_ids
from customer_insight.demo.people import People, ids_at
from customer_insight.demo.wordings import Said, WordingPool, mistyped, plain, synonyms
from customer_insight.demo.words_people import COUNTRIES
from customer_insight.demo.words_reviews import LANGUAGES
from customer_insight.numerics.arrays import Bools, Ints

IDS_A_BLOCK = 1_000_000
ODD = "?|👍|ok|...|Thanks, all sorted!|Danke, hat sich erledigt!|asdf|Hello?|Is anybody there?|!!!"
ODD_SHARE, TWO_LANGUAGES, MARKUP, MISTYPED, SMALL_LETTERS = 0.012, 0.02, 0.01, 0.10, 0.08
NO_CLAUSE, BY_ORDER, BY_ORDER_AND_AMOUNT, BY_EMAIL = 0, 1, 5, 2
MONTHS = (
    "January February March April May June July August September October November December "
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
)


def _dates(seconds: Ints, language: Ints, style: Ints) -> TextColumn:
    """Days as people write them: `3 March 2025`, `03/03/2025`; `3. März 2025`, `03.03.2025`."""
    text = pa.array(seconds).cast(pa.timestamp("s")).cast(pa.string())
    year, month, day = (pc.utf8_slice_codeunits(text, a, b) for a, b in ((0, 4), (5, 7), (8, 10)))
    index = pc.cast(month, pa.int64()).to_numpy() - 1
    name = columns.pick(MONTHS.split(), index + 12 * language)
    plain_day = pc.cast(pc.cast(day, pa.int64()), pa.string())
    options = [
        columns.join(plain_day, " ", name, " ", year),
        columns.join(day, "/", month, "/", year),
        columns.join(plain_day, ". ", name, " ", year),
        columns.join(day, ".", month, ".", year),
    ]
    return pc.choose(pa.array(language * 2 + style), *options)


def _addresses(rng: np.random.Generator, language: Ints) -> TextColumn:
    """New homes, in streets that many towns have."""
    n = len(language)
    streets = [words.STREETS[code].split("|") for code in LANGUAGES]
    number = columns.whole(rng.integers(1, 120, n))
    street = columns.pick([*streets[0], *streets[1]], rng.integers(0, 10, n) + 10 * language)
    cities = {country.code: country.cities for country in COUNTRIES}
    city = columns.pick([*cities["GB"], *cities["DE"]], rng.integers(0, 8, n) + 8 * language)
    letters = columns.pick(["", " LS2 7AB", " M1 4WD", " BS8 1TH"], rng.integers(0, 4, n))
    english = columns.join(number, " ", street, ", ", city, letters)
    german = columns.join(street, " ", number, ", ", columns.whole(rng.integers(10115, 97999, n)), " ", city)
    return pc.if_else(pa.array(language == 0), english, german)


def _places(
    rng: np.random.Generator, asked: AskedLines, language: Ints, customers: TextTable, block: int,
    made: Orders, lines: Lines, catalogue: DemoCatalogue,
) -> dict[str, TextColumn]:  # fmt: skip
    """What can stand in a place of each message: facts of its order and its customer."""
    n, line = len(asked.line), asked.line
    order, product = lines.order[line], lines.product[line]
    own = customers.take(columns.rows(made.customer[order]))
    email = own["email"].combine_chunks()
    name = pc.replace_substring_regex(pc.replace_substring_regex(email, "[0-9]*@.*", ""), r"\.", " ")
    in_full = (rng.random(n) < 0.45) | (language == 1)
    branded = rng.random(n) < 0.12
    blank = pa.scalar("", pa.string())
    pence = lines.quantity[line] * lines.unit_pence[line] - lines.discount_pence[line]
    amount = columns.money(pence)
    euro_style = columns.join(pc.replace_substring(amount, ".", ","), " £")
    return {
        "order_id": order_ids(block, order),
        "product": pc.if_else(
            pa.array(in_full), columns.pick(catalogue.names, product), columns.pick(catalogue.spoken, product)
        ),
        "brand": pc.if_else(pa.array(branded), columns.pick(catalogue.brands, product), blank),
        "gap": pc.if_else(pa.array(branded), pa.scalar(" "), blank),
        "date": _dates(made.at[order], language, rng.integers(0, 2, n)),
        "returned": _dates(lines.returned_at[line], language, rng.integers(0, 2, n)),
        "amount": pc.if_else(pa.array(language == 0), columns.join("£", amount), euro_style),
        "email": email,
        "phone": own["phone"].combine_chunks(),
        "person": pc.utf8_title(name),
        "address": _addresses(rng, language),
    }


def _is_known(text: TextColumn) -> Bools:
    known: Bools = text.is_valid().to_numpy(zero_copy_only=False)
    return known


def _framed(
    rng: np.random.Generator, options: list[str], key: Ints, is_late: Bools, places: dict[str, TextColumn]
) -> Said:
    """One of the options; where the name is not known, nothing instead of one that says it."""
    pool = WordingPool(options)
    index = pool.draw(rng, key, is_late)
    nameless = ~_is_known(places["person"]) & np.array(["{person}" in text for text in pool.every])[index]
    return pool.say(index, places).where(~nameless)


def _message(
    rng: np.random.Generator, asked: AskedLines, language: Ints, is_late: Bools, places: dict[str, TextColumn],
    must_name: Bools,
) -> Said:  # fmt: skip
    """The messages, with what stands where in them."""
    n = len(language)
    tongue = np.where(rng.random(n) < TWO_LANGUAGES, 1 - language, language)  # greets and closes in it
    greeting = _framed(rng, [words.GREETINGS[code] for code in LANGUAGES], tongue, is_late, places)
    closing = _framed(rng, [words.CLOSINGS[code] for code in LANGUAGES], tongue, is_late, places)
    product = "{brand}{gap}{product}"
    core = WordingPool([
        words.MESSAGES[code][topic].replace("{product}", product) for code in LANGUAGES for topic in words.TOPICS
    ])  # fmt: skip
    topic = np.array([words.TOPICS.index(answer.topic) for answer in ANSWERS])[asked.answer]
    said = core.say(core.draw(rng, language * len(words.TOPICS) + topic, is_late), places)
    clause = np.where(
        must_name,
        columns.choose(rng, [0, 0.5, 0.3, 0, 0, 0.2], n),
        columns.choose(rng, [0.40, 0.20, 0.12, 0.10, 0.06, 0.12], n),
    )
    clause = np.where(asked.answer == KEYS.index("change_address.account"), NO_CLAUSE, clause)
    clauses = WordingPool([options for code in LANGUAGES for options in words.ORDER_CLAUSES[code]])
    of_order = clauses.draw(rng, language * 6 + clause, is_late)
    by = columns.choose(rng, [0.76, 0.12, 0.12], n)
    reached = np.where(by == BY_EMAIL, _is_known(places["email"]), _is_known(places["phone"])) & (by > 0)
    contacts = WordingPool([options for code in LANGUAGES for options in words.CONTACT_CLAUSES[code]])
    contact = contacts.say(contacts.draw(rng, language * 3 + by * reached, is_late), places)
    # the order is named before or after what is asked
    first = (rng.random(n) < 0.3) & (clause > 0)
    gap = plain(columns.pick(["", " "], first.astype(np.int64)))
    lead = WordingPool([text.strip() for text in clauses.every]).say(of_order, places).where(first)
    trail = clauses.say(of_order, places).where(~first)
    return greeting.then(lead).then(gap).then(said).then(trail).then(contact).then(closing)


def _answer(rng: np.random.Generator, asked: AskedLines, language: Ints, is_late: Bools,
            places: dict[str, TextColumn]) -> TextColumn:  # fmt: skip
    """What the shop answers."""
    texts = [words_answers_en, words_answers_de]
    core = WordingPool([module.ANSWERS[key] for module in texts for key in KEYS])
    said = core.say(core.draw(rng, language * len(KEYS) + asked.answer, is_late), places)
    opening = _framed(rng, [module.OPENINGS for module in texts], language, is_late, places)
    closing = _framed(rng, [module.CLOSINGS for module in texts], language, is_late, places)
    return opening.then(said).then(closing).text


def make_messages(
    seed: int, block: int, people: People, made: Orders, lines: Lines, catalogue: DemoCatalogue,
    customers: TextTable, language_of: Ints,
) -> tuple[TextTable, TextTable, TextTable]:  # fmt: skip
    """(`support_messages`, planted messages, planted entities). The shop has labelled three messages in five.

    Some are by nobody known: guests, and half of those who write in social media. They name their order.
    """
    asked = message_facts.make_asked(seed, block, made, lines, catalogue)
    rng = columns.random_stream(seed, block, 43)  # the words
    n, order = len(asked.line), lines.order[asked.line]
    language, is_late = language_of[made.customer[order]], asked.sent_at >= NEW_WORDS
    channel = columns.choose(rng, [0.5, 0.35, 0.05, 0.1], n)
    is_nobody = made.is_guest[order] | ((channel == 3) & (rng.random(n) < 0.5))
    places = _places(rng, asked, language, customers, block, made, lines, catalogue)
    places |= synonyms(rng, [words.SYNONYMS[code] for code in LANGUAGES], language)
    is_odd = rng.random(n) < ODD_SHARE
    said = _message(rng, asked, language, is_late, places, asked.has_later_order | is_nobody).where(~is_odd)
    has_markup = pa.array((rng.random(n) < MARKUP) & ~is_odd)
    blank = pa.scalar("", pa.string())
    before, after = (pc.if_else(has_markup, pa.scalar(tag), blank) for tag in ("<p>", "</p>"))
    said = mistyped(rng, plain(before).then(said).then(plain(after)), MISTYPED)
    small = pa.array((rng.random(n) < SMALL_LETTERS) & (channel != 0))
    text = pc.if_else(small, pc.utf8_lower(said.text), said.text)
    odd = columns.pick(ODD.split("|"), rng.integers(0, len(ODD.split("|")), n))
    said = Said(pc.if_else(pa.array(is_odd), odd, text), said.row, said.kind, said.start, said.size)
    reply = _answer(rng, asked, language, is_late, places)
    ids = columns.ids("M", np.arange(n) + 1 + block * IDS_A_BLOCK, 5)
    intents = columns.only(~is_odd, columns.pick(words.INTENTS, INTENT_OF[asked.answer]))
    table = pa.table(
        {
            "message_id": ids,
            "sent_at": columns.times(asked.sent_at),
            "message_text": said.text,
            "customer_id": columns.only(~is_nobody, ids_at(people, made.customer[order])),
            "channel": columns.pick(words.SUPPORT_CHANNELS, channel),
            "intent": columns.only(rng.random(n) < 0.6, intents),
            "reply_text": columns.only((rng.random(n) < 0.8) & ~is_odd, reply),
        }
    )
    planted = pa.table(
        {
            "message_id": ids,
            "intent": intents,
            "answer_key": columns.only(~is_odd, columns.pick(KEYS, asked.answer)),
            "language": columns.pick(LANGUAGES, language),
            "order_id": columns.only(~is_odd, places["order_id"]),
            "is_late_wording": columns.pick(["false", "true"], is_late.astype(np.int64)),
        }
    )
    return table, planted, said.table(ids, "message_id")
