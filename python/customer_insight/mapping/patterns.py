"""Which meanings of a name are which column of ours, by table, and how sure that is from 0 to 1."""

from __future__ import annotations

import re
from functools import cache

from customer_insight.mapping.column_names import meaning_of, plain

# A column a line, behind it `meanings weight`, with `+` between meanings that a name has to have all.
TEXTS = {
    "order_lines": """\
order_id: order+id 1, invoice+id .97, order+invoice+id .95, order .72, invoice .75, order+name .7
product_id: sku 1, product+sku 1, product+id .97, product .62, variant+id .8, sku+id 1, sku+line .95
ordered_at: order+date 1, invoice+date .97, order+created .95, order+created+date .95, created+date .85, created
  .85, date .82, order+date+time 1, date+time .82, order+time .9, invoice+date+time .97, time .62, invoice+time
  .9, order+invoice+date .95
customer_id: customer+id 1, customer .65, order+customer+id .95, customer+visitor+id .8
customer_email: email 1, customer+email 1, billing+email 1, shipping+email .9, order+email .95
customer_phone: phone 1, customer+phone 1, billing+phone 1, shipping+phone .9
customer_name: customer+name 1, person_name .9, name+person_name .9, billing+name .9, customer+person_name .9,
  customer .62
line_number: line+id .97, line .9, order+line+id .97, order+line .9, product+line+id .8, invoice+line+id .9,
  order+product+id .7
quantity: quantity 1, order+quantity 1, product+quantity 1, line+quantity 1, unit+quantity .9, sold+quantity .95
unit_price: unit+price 1, price .86, product+price .9, line+price .65, order+price .62, unit+price+net .9,
  unit+price+gross .9, price+net .8, price+gross .8, unit+total .8, unit+order+price .9
line_total: total .9, line+total 1, price+total .95, product+total .9, unit+total+price .5, total+net .85,
  total+gross .85, line+total+net .9, line+total+gross .9, order .55, order+price .55, invoice+total .62,
  order+total .66, order+net .8, order+gross .8, net .65, gross .65
discount_amount: discount 1, discount+total 1, line+discount 1, line+discount+total 1, product+discount .9
order_status: order+status 1, status .95, invoice+status .8, line+status .9, product+status .8, order+state .9,
  state .4, shipping+status .62
returned_at: return+date 1
channel: channel 1, order+channel 1, channel+name .95, channel+id .8, channel+type .8, platform .7
country: country 1, shipping+country 1, customer+country .95, country+id .95, shipping+country+id 1,
  billing+country .8, country+name .9, order+country .9, billing+country+id .8
product_name: product+name 1, product+description .85, description .8, name .66, product .6, line+name .9,
  product+title 1, title+name .7, title .7
is_product: product+available+id 0
unit_cost: unit+cost .9, cost .8, product+cost .85, cost+price .9
currency: currency 1, order+currency 1, currency+id 1, price+currency .95
""",
    "customers": """\
customer_id: customer+id 1, id .9, customer .65, customer+email .5, email .5
created_at: created 1, created+date 1, customer+created+date 1, customer+created 1, customer+date .7
email: email 1, customer+email 1, billing+email .9, order+email .8, shipping+email .8
phone: phone 1, customer+phone 1, billing+phone .95, shipping+phone .9, phone+id 1
birth_date: birth 1, birth+date 1, customer+birth 1, birth+day 1
gender: gender 1, customer+gender 1
country: country 1, customer+country 1, country+id .95, billing+country 1, shipping+country .9, country+name .9
city: city 1, customer+city 1, billing+city .95, shipping+city .9, city+name .95
income_band: income 1, income+category .95
marketing_consent: consent 1, email+consent 1, customer+consent 1, consent+email+marketing 1
updated_at: updated 1, updated+date .7
""",
    "products": """\
product_id: sku 1, product+sku 1, product+id 1, id .9, sku+id 1, product .55
product_name: product+name 1, name .95, title+name .95, product+title 1, title .9, product .6, product+description
  .7
description: description 1, product+description .9
category: category 1, product+category 1, category+name .97, product+category+name .97, product+type .75, type
  .62, category+type .7, product+type+category .9
brand: brand 1, product+brand 1, brand+name .95
price: price 1, product+price 1, unit+price .95, price+gross .9, price+net .8, product+price+gross .9
is_available: available 1, product+available 1, available+inventory .9
stock_units: stock .95, stock+quantity 1, stock+unit 1, inventory .9, inventory+quantity 1, stock+level .9
image_path: image 1, image+url 1, product+image 1, product+image+url 1
unit_cost: cost .9, unit+cost 1, cost+price .95, product+cost .95
currency: currency 1, price+currency 1, currency+id 1
updated_at: updated 1, updated+date 1
""",
    "events": """\
occurred_at: event+date 1, event+time 1, date .85, time .85, date+time .9, created .85, created+date .85,
  event+date+time 1
event_type: event+type 1, event 1, event+name 1, type .62, event+category .62
visitor_id: visitor+id 1, visitor .9, customer+visitor+id .9, visitor+session .8
event_id: event+id 1
customer_id: customer+id 1, customer .8
product_id: sku 1, product+id 1, product .8, product+sku 1
order_id: order+id 1, invoice+id .95, order .7, invoice .7
search_query: search 1, search+text 1
platform: platform .9, visitor+type .62, channel .62
user_agent: user_agent 1, customer+user_agent 1
page_url: page+url 1, url .9, page .85
referrer: referrer 1, referrer+url 1
campaign_source: campaign_source 1
campaign_medium: campaign_medium 1
campaign_name: campaign_name 1, campaign_name+name 1
value: total .8, price .66, order+total .8
quantity: quantity 1
source_session_id: visitor+id+event 0
""",
    "reviews": """\
review_id: review+id 1, id .85, rating+id .8
product_id: sku 1, product+id 1, product .8, product+sku 1
reviewed_at: review+date 1, date .9, created .9, created+date .9, review+created 1, review+date+time 1, time .85
customer_id: customer+id 1, customer .8, email .6, customer+email .6
rating: rating 1, review+rating 1, customer+rating .9
title: review+title+name 1, title+name .95, title 1, review+title 1, review+updated .5
review_text: review+text 1, text 1, review .75, review+description .9, description .62, review+text+title .7
updated_at: updated 1
""",
}
PATTERNS = {
    table: dict(line.split(": ", 1) for line in re.sub(r"\n  ", " ", text).splitlines())
    for table, text in TEXTS.items()
}
# Meanings that say little beside a word that is not understood.
GENERIC = [{"date"}, {"time"}, {"date", "time"}, {"created"}, {"created", "date"}, {"total"}, {"name"}, {"status"}]
# A name that is less sure is none.
SURE = 0.6
# Parts of the columns that people have: which of them names the customer is decided by what there is.
PARTIAL = {"customer_email", "customer_phone", "customer_name", "line_total"}


@cache
def _parsed(table: str, column: str) -> tuple[tuple[frozenset[str], float], ...]:
    said = [each.strip().rpartition(" ") for each in PATTERNS[table][column].split(",")]
    return tuple((frozenset(meanings.split("+")), float(weight)) for meanings, _, weight in said)


def columns_of(table: str) -> list[str]:
    """The columns for which there are names."""
    return list(PATTERNS[table])


@cache
def name_score(table: str, column: str, name: str) -> float:
    """How sure a name is a column of ours, from 0 to 1; our own name is 1.2."""
    if plain(name).replace(" ", "_") == column and column not in PARTIAL:
        return 1.2
    if column not in PATTERNS[table]:
        return 0.0
    said = meaning_of(name)
    if said.meanings & {"percent", "span"}:
        # no amount, no time, and nothing else of ours
        return 0.0
    best = 0.0
    for meanings, weight in _parsed(table, column):
        # a key of something unknown is not ours
        if meanings <= said.meanings and not (meanings == {"id"} and said.unknown):
            more = _other(said.meanings, meanings)
            # a date of something unknown may be any date
            doubt = 0.7 if meanings in GENERIC else 0.93
            best = max(best, weight * 0.6**more * doubt ** min(len(said.unknown), 3))
    return best


# Meanings of one word, of which a name with one is not said to have the other besides.
SEVERAL = [
    {"name", "title"},
    {"type", "product"},
    {"region", "state"},
    {"brand", "name"},
    {"order", "quantity"},
    {"order", "total"},
]


def _other(said: frozenset[str], meant: frozenset[str]) -> int:
    """How many meanings a name has besides."""
    # whose clock it is, and in what unit, says nothing of what it is
    rest = set(said - meant) - {"utc", "cents"}
    for several in SEVERAL:
        if several & meant and rest & several:
            rest -= several
    return len(rest)
