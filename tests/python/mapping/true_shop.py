"""A small shop whose lines, customers and products are known, to be written as other shops would."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

CATEGORIES = ["Kitchen", "Garden", "Toys"]
CITIES = [("Köln", "DE"), ("Wien", "AT"), ("Lyon", "FR"), ("Porto", "PT"), ("Kraków", "PL")]
NAMES = ["Tea pot, blue", "Rake", "Wooden train", "Lamp for reading", "Bread knife", "Kite", "Seeds mix", "Glass bowl"]


@dataclass(frozen=True)
class Line:
    """A product in an order, with all that may be said of it."""

    order_id: str
    line: int
    at: datetime
    customer: str
    email: str
    city: str
    country: str
    product: str
    product_name: str
    category: str
    quantity: int
    price: Decimal
    status: str

    @property
    def total(self) -> Decimal:
        """What the line is worth."""
        return self.quantity * self.price


def lines(orders: int = 90, last_day: int = 28, sorted_by_time: bool = True) -> list[Line]:
    """The lines of the shop, in the order of their times; days of a month up to `last_day`."""
    chance = random.Random(7)
    prices = [Decimal(chance.randrange(199, 19900)) / 100 for _ in NAMES]
    people = [(f"K{100 + 7 * at}", *CITIES[at % len(CITIES)]) for at in range(35)]
    moments = [
        datetime(
            2024, chance.randrange(1, 13), chance.randrange(1, last_day + 1), chance.randrange(6, 23), 5 * at % 60, 9
        )
        + timedelta(minutes=3)
        for at in range(orders)
    ]
    made = []
    for at, moment in enumerate(sorted(moments) if sorted_by_time else moments):
        customer, city, country = chance.choice(people)
        status = chance.choice(["paid", "shipped", "shipped", "cancelled"])
        chosen = chance.sample(range(len(NAMES)), chance.choice([1, 1, 2, 3]))
        for number, product in enumerate(chosen, 1):
            made.append(
                Line(
                    f"R{5000 + at}",
                    number,
                    moment,
                    customer,
                    f"{customer.lower()}@example.com",
                    city,
                    country,
                    f"SKU-{20 + product}",
                    NAMES[product],
                    CATEGORIES[product % len(CATEGORIES)],
                    chance.choice([1, 1, 1, 2, 3, 5]),
                    prices[product],
                    status,
                )
            )
    return made
