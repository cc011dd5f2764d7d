"""`customer-insight answer`: what a message is about, what it names, and what could be answered; and as a function.

from customer_insight.commands.answer import Desk
with Desk(Path("my_shop.duckdb")) as desk:
    desk.answer("Where is my parcel?", customer_id="C17", earlier=["It is order O123"])
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import duckdb

from customer_insight.commands.answer_models import AnswerModelError, read
from customer_insight.commands.project import CommandError, project_folder, warehouse_file

_SHOP, _CUSTOMER = "shop:", "customer:"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the verb."""
    parser.add_argument("text", help="the message")
    parser.add_argument("--customer", metavar="ID", help="who writes; without it no facts of any order are shown")
    parser.add_argument(
        "--conversation",
        metavar="FILE",
        help="what was said before, one turn a line; lines of the shop begin with `shop:`",
    )
    parser.add_argument("--warehouse", metavar="FILE", help="the DuckDB file that was built (default: the profile's)")


def run(arguments: argparse.Namespace) -> int:
    """Prints the answer as JSON; raises CommandError where there are no models of this build."""
    warehouse = Path(arguments.warehouse).resolve() if arguments.warehouse else warehouse_file(project_folder())
    earlier = turns(Path(arguments.conversation)) if arguments.conversation else []
    with Desk(warehouse) as desk:
        print(json.dumps(desk.answer(arguments.text, arguments.customer, earlier), ensure_ascii=False, indent=2))
    return 0


def turns(file: Path) -> list[str]:
    """What the customer said in a conversation. Raises CommandError."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"--conversation {file}: expected a text file in UTF-8 with one turn a line; {error}."
        ) from None
    said = [line for line in lines if line and not line.casefold().startswith(_SHOP)]
    return [line[len(_CUSTOMER) :].strip() if line.casefold().startswith(_CUSTOMER) else line for line in said]


class Desk:
    """The models of the last build, and its warehouse, open for reading until it is closed."""

    def __init__(self, warehouse: Path) -> None:
        if not warehouse.is_file():
            raise CommandError(f"{warehouse} is not there: build it first (customer-insight build).")
        try:
            self._connection = duckdb.connect(str(warehouse), read_only=True)
        except duckdb.Error as error:
            raise CommandError(f"{warehouse} cannot be read: {error}") from None
        try:
            runs = dict(self._connection.execute("select model, run_id from quality.model_runs").fetchall())
            self._now = self._connection.execute("select as_of from staging.stg_as_of").fetchall()[0][0]
            self._answerer = read(warehouse, runs)
        except (duckdb.Error, AnswerModelError) as error:
            self._connection.close()
            raise CommandError(f"No answer: {error}") from None

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def answer(self, text: str, customer_id: str | None = None, earlier: list[str] | None = None) -> dict[str, Any]:
        """What is known of a message, as plain values; see `customer_insight.voice.answering.Answer`."""
        found = self._answerer.answer(text, self._customer(customer_id), earlier or [], self._now)
        sources = [reply.source.code for reply in found.replies if not reply.source.is_seed]
        return {
            "intent": found.intent,
            "probability": found.probability,
            "second_intent": found.second_intent,
            "hands_over": found.hands_over,
            "reason": found.reason or None,
            "order_id": found.order_id,
            "entities": [
                {"entity_type": one.kind, "start_position": one.start, "end_position": one.end, "value": one.value}
                for one in found.entities
            ],
            "replies": [
                {
                    "reply_text": reply.text,
                    "score": reply.score,
                    "source_message_id": None if reply.source.is_seed else self._messages(sources)[reply.source.code],
                }
                for reply in found.replies
            ],
            "products": self._products(found.products),
        }

    def _customer(self, customer_id: str | None) -> Any:
        from customer_insight.voice.answering import Customer, OwnLine

        if customer_id is None:
            return Customer()
        people = self._connection.execute(
            "select split_part(split_part(email, '@', 1), '+', 1) from shop.customers where customer_id = $1"
            " and not is_erased",
            [customer_id],
        ).fetchall()
        if not people:
            raise CommandError(f"No customer has the id {customer_id}, or they were erased.")
        lines = self._connection.execute(
            "select l.order_id, l.product_id, nullif(coalesce(p.product_name, l.product_name), l.product_id),"
            " coalesce(p.category_level_1, ''), l.ordered_at, l.returned_at from shop.order_lines l"
            " left join shop.products p using (product_id) where l.customer_id = $1 and l.is_product"
            " and l.ordered_at is not null order by l.order_id, l.line_number",
            [customer_id],
        ).fetchall()
        return Customer([OwnLine(*line) for line in lines], people[0][0] or "")

    def _messages(self, codes: list[int]) -> dict[int, str]:
        return dict(
            self._connection.execute(
                "select message_code, message_id from intermediate.int_messages"
                " where message_code in (select unnest($1))",
                [codes],
            ).fetchall()
        )

    def _products(self, names: list[str]) -> list[dict[str, str]]:
        found = self._connection.execute(
            "select product_id, product_name from shop.products where product_name in (select unnest($1)) order by all",
            [names],
        ).fetchall()
        return [{"product_id": product_id, "product_name": name} for product_id, name in found]
