"""What the made shop sells: departments, shelves, brands, styles, and the products that carry planted behaviour.

A shelf is (department, aisle, shelf, nouns, lowest and highest price in pounds, season, what it is good for).
Season: `` for all year, `summer`, `christmas`.
"""

# ruff: noqa: E501 -- a table of words reads best with one row a line
from __future__ import annotations

from typing import NamedTuple


class Shelf(NamedTuple):
    """One third-level category."""

    department: str
    aisle: str
    shelf: str
    nouns: str
    lowest: float
    highest: float
    season: str
    purpose: str


def _shelves(department: str, rows: str) -> list[Shelf]:
    """Shelves of one department from lines of `aisle | shelf | nouns | low-high | season | purpose`."""
    shelves = []
    for row in rows.strip().splitlines():
        aisle, shelf, nouns, prices, season, purpose = (part.strip() for part in row.split("|"))
        low, high = prices.split("-")
        shelves.append(Shelf(department, aisle, shelf, nouns, float(low), float(high), season, purpose))
    return shelves


# fmt: off
SHELVES: list[Shelf] = [
    *_shelves(
        "Home",
        """
        Kitchen | Mugs | Mug,Espresso Cup,Teacup | 6-18 | | A good handle and a thin lip for the first drink of the day.
        Kitchen | Cookware | Saucepan,Frying Pan,Casserole | 24-120 | | Heats evenly and goes from hob to oven.
        Kitchen | Baking | Cake Tin,Mixing Bowl,Rolling Pin | 8-32 | | For bakes that come out of the tin in one piece.
        Living Room | Cushions | Cushion,Throw,Floor Cushion | 15-60 | | Soft, washable and easy to move about.
        Living Room | Candles | Candle,Diffuser,Lantern | 8-35 | | Fills a room without taking it over.
        Living Room | Christmas Decorations | Bauble Set,Paper Garland,Table Wreath | 6-40 | christmas | Comes in a box to keep it safe until next year.
        Bedroom | Bed Linen | Duvet Cover,Pillowcase Pair,Fitted Sheet | 18-95 | | Gets softer with every wash.
        Bedroom | Lighting | Bedside Lamp,Reading Light,Night Light | 14-75 | | A warm light that is kind to sleepy eyes.
        Bathroom | Towels | Hand Towel,Bath Towel,Bath Mat | 9-38 | | Dries quickly and holds its colour.
        """,
    ),
    *_shelves(
        "Garden",
        """
        Growing | Seeds | Flower Seeds,Herb Seeds,Vegetable Seeds | 2-6 | summer | Sow from spring, with notes on the packet for beginners.
        Growing | Pots | Plant Pot,Window Box,Hanging Basket | 7-45 | | Drains well and survives a frost.
        Growing | Tools | Hand Trowel,Secateurs,Garden Fork | 9-48 | | Balanced in the hand, with steel that keeps its edge.
        Outdoor Living | Barbecue | Barbecue Tongs,Table Grill,Skewer Set | 8-140 | summer | For long evenings with friends.
        Outdoor Living | Furniture | Folding Chair,Bistro Table,Deckchair | 35-180 | summer | Folds flat for the winter.
        Outdoor Living | Lights | Solar Lantern,String Lights,Path Light | 12-50 | summer | Charges by day and glows until midnight.
        Wildlife | Bird Feeding | Bird Feeder,Fat Ball Holder,Bird Table | 6-55 | | Robins, tits and finches find it within days.
        Wildlife | Bee Homes | Bee Hotel,Insect House | 14-35 | | A safe place for solitary bees.
        """,
    ),
    *_shelves(
        "Books and Paper",
        """
        Writing | Notebooks | Notebook,Sketchbook,Pocket Journal | 5-24 | | Lies flat and takes ink without bleeding through.
        Writing | Pens | Rollerball Pen,Brush Pen Set,Pencil Set | 4-40 | | Writes at the first touch.
        Writing | Desk | Desk Organiser,Letter Tray,Pen Pot | 9-38 | | Keeps the small things in one place.
        Cards and Wrap | Greeting Cards | Birthday Card Set,Thank You Cards,Blank Card Set | 4-14 | | With envelopes, printed on recycled card.
        Cards and Wrap | Gift Wrap | Wrapping Paper,Gift Bag Set,Ribbon Reel | 3-12 | christmas | Thick enough not to tear at the corners.
        Cards and Wrap | Advent | Advent Calendar,Advent Candle,Christmas Card Box | 6-28 | christmas | Counts the days for the whole family.
        Reading | Cook Books | Vegetarian Cook Book,Baking Book,One-Pot Cook Book | 12-30 | | Recipes for weekdays, tested in small kitchens.
        Reading | Children's Books | Picture Book,Bedtime Stories,Activity Book | 6-16 | | To be read again, and again.
        Reading | Maps | Walking Map,City Map,Wall Map | 8-26 | | Clear at a glance and folded by people who care.
        """,
    ),
    *_shelves(
        "Beauty",
        """
        Face | Cleansers | Face Wash,Cleansing Balm,Micellar Water | 7-28 | | Takes the day off without drying the skin.
        Face | Moisturisers | Day Cream,Night Cream,Face Oil | 9-48 | | Light, quickly absorbed and fragrance free.
        Face | Sun Care | Sun Cream,After Sun Lotion,Lip Balm SPF30 | 6-26 | summer | Broad protection that does not leave a white film.
        Bath and Body | Soap | Bar Soap,Hand Wash,Soap Gift Box | 4-22 | | Made in small batches with plant oils.
        Bath and Body | Bath | Bath Salts,Bath Oil,Bubble Bath | 6-24 | | For an hour with the door locked.
        Bath and Body | Gift Sets | Bath Gift Set,Hand Care Set,Spa Hamper | 18-65 | christmas | Ready to give, in a ribboned box.
        Hair | Shampoo | Shampoo,Conditioner,Shampoo Bar | 6-20 | | Gentle enough for every day.
        Hair | Treatments | Hair Mask,Hair Oil,Scalp Scrub | 8-34 | | Kind to tangles and to tired ends.
        """,
    ),
    *_shelves(
        "Toys and Games",
        """
        Play | Building | Brick Set,Marble Run,Wooden Blocks | 14-85 | | Hours on the living-room floor.
        Play | Soft Toys | Soft Toy,Cuddly Toy,Hand Puppet | 9-38 | | Stuffed firmly and machine washable.
        Play | Outdoor | Kite,Skipping Rope,Bubble Machine | 5-30 | summer | Best with a garden and a bit of wind.
        Games | Board Games | Strategy Game,Family Board Game,Word Game | 16-55 | christmas | Learnt in ten minutes, played all evening.
        Games | Card Games | Card Game,Quiz Cards,Travel Game | 6-18 | | Small enough for a coat pocket.
        Games | Puzzles | 500-Piece Puzzle,1000-Piece Puzzle,Wooden Puzzle | 9-32 | | Pieces that click and a picture worth finishing.
        Crafts | Paint | Poster Paint Set,Watercolour Set,Finger Paint | 6-28 | | Washes off hands, tables and dogs.
        Crafts | Kits | Candle-Making Kit,Embroidery Kit,Pottery Kit | 12-42 | | Everything in the box, instructions included.
        """,
    ),
    *_shelves(
        "Sport and Outdoors",
        """
        Fitness | Weights | Kettlebell,Dumbbell Pair,Resistance Band Set | 8-70 | | For a workout between two meetings.
        Fitness | Recovery | Foam Roller,Massage Ball,Stretch Strap | 7-38 | | Loosens what the week has tightened.
        Fitness | Running | Running Belt,Head Torch,Reflective Vest | 10-45 | | Light, bright and it does not bounce.
        Hiking | Bags | Day Pack,Dry Bag,Hip Pack | 16-110 | | Carries well and keeps the rain out.
        Hiking | Bottles | Water Bottle,Vacuum Flask,Travel Mug | 9-36 | | Does not leak, even upside down.
        Hiking | Clothing | Merino Socks,Rain Poncho,Fleece Hat | 8-48 | | Warm when it should be and dry when it matters.
        Water | Swimming | Swim Goggles,Swim Towel,Kickboard | 7-34 | summer | For the pool and for the sea.
        Water | Beach | Beach Shelter,Cool Bag,Beach Mat | 12-58 | summer | Packs small, sets up in two minutes.
        """,
    ),
    *_shelves(
        "Food and Drink",
        """
        Hot Drinks | Tea | Breakfast Tea,Green Tea,Herbal Tea | 4-16 | | Whole leaf, packed within weeks of picking.
        Hot Drinks | Drinking Chocolate | Hot Chocolate,Spiced Cocoa | 5-14 | | Real chocolate flakes; just add hot milk.
        Hot Drinks | Ground Coffee | Ground Coffee,Coffee Bags,Filter Roast | 5-19 | | Roasted weekly, with the date on the bag.
        Larder | Oils | Olive Oil,Rapeseed Oil,Chilli Oil | 6-24 | | Cold pressed, for dressing and dipping.
        Larder | Preserves | Marmalade,Chutney,Honey | 4-12 | | Made in a copper pan by people who taste every batch.
        Larder | Pasta | Pasta,Risotto Rice,Pasta Sauce | 3-9 | | Dinner in fifteen minutes.
        Treats | Chocolate | Dark Chocolate,Truffle Box,Chocolate Bar Set | 4-32 | christmas | Single origin and slowly conched.
        Treats | Biscuits | Shortbread,Oat Biscuits,Cheese Biscuits | 3-14 | | In a tin you will want to keep.
        Treats | Hampers | Tea Hamper,Cheese Hamper,Picnic Hamper | 30-120 | christmas | Packed by hand, delivered with a note from you.
        """,
    ),
    *_shelves(
        "Pets",
        """
        Dogs | Dog Toys | Rope Toy,Squeaky Toy,Fetch Ball | 4-18 | | Tested by a terrier with opinions.
        Dogs | Walking | Dog Lead,Dog Harness,Towel Coat | 10-48 | | Strong stitching and no sharp edges.
        Dogs | Dog Beds | Dog Bed,Travel Bed,Dog Blanket | 18-95 | | The cover comes off for the wash.
        Cats | Cat Toys | Feather Wand,Catnip Mouse,Scratching Post | 3-45 | | Spares the sofa.
        Cats | Cat Furniture | Cat Cave,Window Perch | 22-90 | | High, warm and with a view.
        Small Pets | Bedding | Paper Bedding,Hay Bale,Wood Shavings | 5-18 | | Dust extracted and absorbent.
        """,
    ),
]

BRANDS: dict[str, list[str]] = {
    "Home": ["Oakmere", "Harrow & Pine", "Tilly Blue", "Nordlys", "Stonegate"],
    "Garden": ["Greenacre", "Fernhill", "Potter's Yard", "Wrenfield"],
    "Books and Paper": ["Inkwell Lane", "Paper Finch", "Quarto House", "Marlow Press"],
    "Beauty": ["Lumi", "Saltmarsh", "Wild Clover", "Ardent"],
    "Toys and Games": ["Bumble & Bear", "Tinkertop", "Rook Games", "Little Harbour"],
    "Sport and Outdoors": ["Fellside", "Tarn", "Peak & Vale", "Swift"],
    "Food and Drink": ["Copper Kettle", "Mill Lane", "Thornbury", "Casa Olmo"],
    "Pets": ["Biscuit & Bone", "Whisker", "Good Dog", "Burrow"],
}

STYLES: dict[str, list[str]] = {
    "Home": ["Striped", "Artisan", "Botanical", "Coastal", "Everyday", "Woodland", "Nordic", "Heritage", "Studio", "Classic"],
    "Garden": ["Cottage", "Classic", "Compact", "Heirloom", "Patio", "Meadow", "Orchard", "Sunny", "Allotment", "Walled Garden"],
    "Books and Paper": ["Botanical", "Recycled", "Classic", "Harbour", "Painted", "Illustrated", "Heritage", "Woodland", "Meadow", "City"],
    "Beauty": ["Rosehip", "Lavender", "Oat", "Sea Mineral", "Chamomile", "Unscented", "Neroli", "Cedar", "Aloe", "Calendula"],
    "Toys and Games": ["Forest", "Ocean", "Rainbow", "Space", "Farmyard", "Classic", "Jungle", "Dinosaur", "Castle", "Arctic"],
    "Sport and Outdoors": ["Trail", "Ultralight", "Everyday", "Summit", "Coastal", "Pro", "Compact", "All-Weather", "Moorland", "Starter"],
    "Food and Drink": ["Organic", "Orchard", "Classic", "Highland", "Reserve", "Fairtrade", "Farmhouse", "Seaside", "Winter", "Sunday"],
    "Pets": ["Cosy", "Sturdy", "Natural", "Everyday", "Countryside", "Classic", "Gentle", "Meadow", "Happy", "Woodland"],
}

VARIANTS: list[str] = ["", "Sage", "Indigo", "Large", "Small", "Set of Two", "Limited Edition", "Ochre", "Slate", "Blush"]


class Planted(NamedTuple):
    """A product that carries planted behaviour: a rule or a repurchase cycle."""

    name: str
    category: str
    brand: str
    price: float
    description: str


RULE_PRODUCTS: list[Planted] = [
    Planted("Banneton Proving Basket", "Home / Kitchen / Baking", "Oakmere", 16.5, "A rattan basket that gives a round loaf its rings."),
    Planted("Cast-Iron Bread Oven", "Home / Kitchen / Cookware", "Stonegate", 64.0, "A heavy lidded pot for loaves with a crackling crust."),
    Planted("Bread Scoring Lame", "Home / Kitchen / Baking", "Oakmere", 9.95, "A fine blade for clean cuts, with five spare blades."),
    Planted("Fountain Pen, Medium Nib", "Books and Paper / Writing / Pens", "Inkwell Lane", 32.0, "A resin barrel and a steel nib that writes smoothly."),
    Planted("Bottled Ink, Midnight Blue", "Books and Paper / Writing / Pens", "Inkwell Lane", 8.5, "50 ml of well-behaved ink that dries in seconds."),
    Planted("Yoga Mat, 5 mm", "Sport and Outdoors / Fitness / Recovery", "Fellside", 29.0, "Natural rubber that grips, even in a warm class."),
    Planted("Cork Yoga Block", "Sport and Outdoors / Fitness / Recovery", "Fellside", 11.0, "A firm block that brings the floor closer."),
    Planted("Raclette Grill", "Home / Kitchen / Cookware", "Nordlys", 58.0, "Eight small pans and a stone plate for a slow supper."),
    Planted("Raclette Cheese, 800 g", "Food and Drink / Larder / Preserves", "Casa Olmo", 18.5, "Sliced mountain cheese that melts evenly."),
    Planted("Wild Bird Feeding Station", "Garden / Wildlife / Bird Feeding", "Wrenfield", 27.0, "A steel pole with four hooks and a water dish."),
    Planted("Sunflower Hearts, 5 kg", "Garden / Wildlife / Bird Feeding", "Wrenfield", 17.0, "Husk-free food that leaves no mess under the feeder."),
    Planted("Watercolour Travel Box", "Toys and Games / Crafts / Paint", "Tinkertop", 22.0, "Twelve half pans, a brush and a palette in the lid."),
    Planted("Cold-Pressed Watercolour Pad", "Toys and Games / Crafts / Paint", "Paper Finch", 13.5, "Thirty sheets of 300 gsm paper, glued on two sides."),
    Planted("Puppy Crate, Medium", "Pets / Dogs / Dog Beds", "Good Dog", 46.0, "A folding crate with two doors and a tray that slides out."),
    Planted("Puppy Training Pads, 60 Pack", "Pets / Dogs / Walking", "Good Dog", 14.0, "Absorbent pads for the first weeks at home."),
]

CYCLE_PRODUCTS: list[tuple[Planted, int]] = [
    (Planted("House Espresso Beans, 1 kg", "Food and Drink / Hot Drinks / Coffee", "Copper Kettle", 19.5, "Chocolate and hazelnut, roasted every Tuesday."), 30),
    (Planted("Decaf Filter Coffee, 500 g", "Food and Drink / Hot Drinks / Coffee", "Copper Kettle", 11.5, "Sparkling-water decaf with notes of fig."), 45),
    (Planted("Complete Cat Food, Salmon, 4 kg", "Pets / Cats / Cat Food", "Whisker", 24.0, "Grain-free kibble for grown-up cats."), 30),
    (Planted("Adult Dog Food, Chicken, 12 kg", "Pets / Dogs / Dog Food", "Biscuit & Bone", 42.0, "Cold-pressed food with British chicken."), 45),
    (Planted("Razor Blades, 8 Pack", "Beauty / Hair / Shaving", "Ardent", 15.0, "Stainless blades that fit the Ardent safety razor."), 60),
    (Planted("Daily Multivitamin, 60 Tablets", "Beauty / Bath and Body / Vitamins", "Lumi", 12.5, "One a day, two months in a recyclable tub."), 60),
]

# (antecedent names, consequent name, antecedent's share of orders, probability of the consequent with it and without)
RULES: list[tuple[tuple[str, ...], str, float, float, float]] = [
    (("Banneton Proving Basket", "Cast-Iron Bread Oven"), "Bread Scoring Lame", 0.026, 0.72, 0.010),
    (("Fountain Pen, Medium Nib",), "Bottled Ink, Midnight Blue", 0.030, 0.60, 0.008),
    (("Yoga Mat, 5 mm",), "Cork Yoga Block", 0.032, 0.52, 0.010),
    (("Raclette Grill",), "Raclette Cheese, 800 g", 0.024, 0.75, 0.012),
    (("Wild Bird Feeding Station",), "Sunflower Hearts, 5 kg", 0.027, 0.66, 0.014),
    (("Watercolour Travel Box",), "Cold-Pressed Watercolour Pad", 0.030, 0.56, 0.007),
    (("Puppy Crate, Medium",), "Puppy Training Pads, 60 Pack", 0.025, 0.70, 0.006),
]
# Each antecedent of the rule of three is also sold without the other, so that no half of it does the work of both.
LONE_ANTECEDENT_SHARE = 0.02
