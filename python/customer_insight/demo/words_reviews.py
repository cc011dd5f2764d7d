# ruff: noqa: E501 -- a table of sentences reads best with one a line
"""What reviewers of the made shop write, in English and German: sentences by what they are about and how they feel.

Sentences stand between bars. A name in braces is a place: `{product}`, or one of the SYNONYMS of its language.
"""

from __future__ import annotations

from typing import NamedTuple

# fmt: off
LANGUAGES = ["en", "de"]
NEGATIVE, NEUTRAL, POSITIVE = range(3)
GENERAL, DELIVERY, SIZE, QUALITY, PRICE, SERVICE, SCENT, GIFT_WRAP = range(8)
# `scent` and `gift_wrap` are what only this shop's reviews talk about.
ASPECTS = ["general", "delivery", "size", "quality", "price", "service", "scent", "gift_wrap"]
WEIGHTS = [0.0, 0.24, 0.16, 0.30, 0.18, 0.10, 0.22, 0.10]  # how often each is spoken of, where it can be


class ReviewHabit(NamedTuple):
    """A product of which one aspect is blamed (NEGATIVE) or praised (POSITIVE) in a `share` of its reviews."""

    product: str
    aspect: int
    feeling: int
    share: float


HABITS: list[ReviewHabit] = [
    ReviewHabit("Complete Cat Food, Salmon, 4 kg", SCENT, NEGATIVE, 0.60),
    ReviewHabit("Decaf Filter Coffee, 500 g", PRICE, NEGATIVE, 0.60),
    ReviewHabit("Cast-Iron Bread Oven", DELIVERY, NEGATIVE, 0.65),
    ReviewHabit("Puppy Crate, Medium", SIZE, NEGATIVE, 0.65),
    ReviewHabit("House Espresso Beans, 1 kg", SCENT, POSITIVE, 0.65),
    ReviewHabit("Banneton Proving Basket", QUALITY, POSITIVE, 0.75),
    ReviewHabit("Sunflower Hearts, 5 kg", PRICE, POSITIVE, 0.70),
]

SYNONYMS: dict[str, dict[str, str]] = {
    "en": {
        "very": "very|really|truly|just|so",
        "good": "lovely|great|excellent|beautiful|wonderful|nice",
        "bad": "poor|awful|terrible|disappointing|dreadful|bad",
        "we": "we|I|my family|my partner and I",
        "days": "two days|three days|a day|a couple of days",
        "weeks": "two weeks|three weeks|nearly a month|a fortnight|eleven days",
    },
    "de": {
        "very": "sehr|wirklich|richtig|einfach|total",
        "good": "schön|toll|klasse|prima|wunderbar|gut",
        "bad": "schlecht|mies|enttäuschend|furchtbar|schwach|ärgerlich",
        "we": "wir|wir alle|meine Familie und ich|mein Mann und ich",
        "days": "zwei Tagen|drei Tagen|einem Tag|wenigen Tagen",
        "weeks": "zwei Wochen|drei Wochen|fast einem Monat|elf Tagen|vierzehn Tagen",
    },
}

# language -> aspect -> (negative, neutral, positive)
SENTENCES: dict[str, list[tuple[str, str, str]]] = {
    "en": [
        (  # general
            "I regret buying this {product}.|Not happy with the {product}.|The {product} is {very} {bad}.|I cannot recommend the {product}.|I wanted to love this {product}, but no.|A waste of money.|Sent it back.|Never again.|The {product} was not what I had hoped for.|I would give the {product} a miss.|Do yourself a favour and look elsewhere.",
            "The {product} is okay.|An average {product}.|The {product} does what it says.|Not sure about the {product} yet.|It will do.|Nothing special, nothing wrong.|The {product} is neither here nor there.|You get a {product}, no more and no less.",
            "I love this {product}.|The {product} is {very} {good}.|{very} pleased with the {product}.|I could not be happier with the {product}.|Bought the {product} as a present and she was delighted.|Highly recommended.|Would buy it again.|Nothing to complain about.|Already ordered another {product}.|The {product} has won us over.|You cannot go wrong with this {product}.",
        ),
        (  # delivery
            "Delivery took {weeks}.|The parcel arrived late and the box was torn.|I had to wait {weeks} for the parcel.|The courier left it in the rain.|It came damaged because it was badly packed.|Shipping was {very} slow.|The postman threw it over the fence, and you could tell.|No sign of the parcel for {weeks}.|Packed in a box far too thin for the journey.",
            "Delivery took about a week.|It came by post.|Shipping was as announced.|The parcel came on the last day promised.",
            "Delivery was fast.|It arrived within {days}.|The parcel was packed {very} well.|Shipping could not have been quicker.|Ordered on Monday, here on Wednesday.|Well packed and on time.|It was on the doorstep after {days}.|The courier was early for once.|Not a scratch on it, thanks to all that padding.",
        ),
        (  # size
            "It is much smaller than I imagined.|Far too big for us.|The size on the page is wrong.|Runs {very} small.|It does not fit at all.|Too tight, and I had ordered one size up.|Tiny, nothing like in the picture.|The measurements are off by a hand's width.|It turned out too short for what we need.",
            "It is a bit smaller than I imagined.|The size is medium.|Measure first.|Slightly larger than our old one.",
            "It fits perfectly.|Just the right size.|True to size.|The size is ideal for our flat.|Larger than I feared, and all the better for it.|Fits as described.|The measurements are spot on.|It is exactly as big as it should be.",
        ),
        (  # quality
            "It broke within days.|It feels cheap and flimsy.|The finish is {very} {bad}.|The quality is {bad}.|It fell apart after a week.|Badly made.|It stopped working after {weeks}.|The seam came undone on the first day.|Looks solid, is not.|You can see where they saved on material.",
            "The material is ordinary.|It is made in the usual way.|The colour differs a little from the photo.|Workmanship is about what you would expect.",
            "The quality is {very} {good}.|Well made.|It feels sturdy.|The finish is {good}.|{very} solid and neatly made.|After {weeks} of daily use it is not even scratched.|You can tell that somebody cared when making it.|It has not let us down yet.|Built to last.|No loose threads, no rough edges.",
        ),
        (  # price
            "Far too expensive for what it is.|Not worth the money.|Overpriced.|You find it cheaper elsewhere.|The price is a cheek.|I paid twice what it is worth.|At this price I expect more.|It costs more every time I look.",
            "The price is average.|It costs what such things cost.|Neither cheap nor dear.|I have paid more and I have paid less.",
            "Good value.|Worth every penny.|A fair price.|Not expensive at all.|A bargain at that price.|You would pay twice that elsewhere.|Hard to beat for the money.|It cost less than I had feared.",
        ),
        (  # service
            "Nobody answered my emails.|Customer service was {very} {bad}.|They hung up on me.|Support was no help.|I am still waiting for an answer from the shop.|Rude on the phone.|Three calls, three different answers.|The shop does not care once you have paid.",
            "I did not need customer service.|They answered after a week.|Customer service sent the usual text.",
            "Customer service was {very} friendly.|They answered my question within an hour.|Support was a great help.|The lady on the phone was {very} kind.|They replaced it without any fuss.|The shop cares about its customers.|My question was answered the same evening.|One call and it was sorted.",
        ),
        (  # scent
            "It smells horrible.|The smell is {very} {bad} and will not go away.|There is a chemical smell.|It stinks, even after a week of airing.|The scent gave me a headache.|I cannot stand the smell.|The whole kitchen reeks of it.|An odd whiff that does not leave.",
            "It smells of nothing much.|The scent is faint.|It smells as such things do.|You hardly notice the scent.",
            "It smells {very} {good}.|The scent is {good}.|A {good} fragrance.|The whole room smells of it, and {we} enjoy it.|The smell alone is worth it.|Not too strong, a {good} scent.|The aroma when you open it is {good}.|It leaves a fragrance that I keep coming back for.",
        ),
        (  # gift_wrap
            "The gift wrapping was torn.|I paid for gift wrap and got none.|The ribbon was missing and the wrapping paper {bad}.|The gift wrapping looked {very} {bad}.|The greeting card was left out of the gift wrap.|As a present it was embarrassing: the paper came off.|The bow was squashed flat.",
            "It came in plain gift wrap.|The gift wrapping is ordinary paper.|Gift wrap was extra.",
            "The gift wrapping was {good}.|It came in {good} wrapping paper with a ribbon.|Gift wrapped so well that I did not want to open it.|The ribbon and the handwritten card made it a real present.|The gift wrap is {very} {good}.|She kept the wrapping paper.|The bow alone got a round of applause.",
        ),
    ],
    "de": [
        (
            "Ich bereue den Kauf.|Mit {product} bin ich nicht zufrieden.|{product} ist {very} {bad}.|{product} kann ich nicht empfehlen.|Leider eine Enttäuschung.|Rausgeworfenes Geld.|Ging zurück.|Nie wieder.|Von {product} hatte ich mir mehr versprochen.|Um {product} sollte man einen Bogen machen.|Lieber woanders schauen.",
            "{product} ist in Ordnung.|Durchschnittlich.|{product} tut, was es soll.|Bei {product} bin ich noch unsicher.|Geht so.|Nichts Besonderes.|{product} ist weder Fisch noch Fleisch.|Man bekommt {product}, nicht mehr und nicht weniger.",
            "Ich liebe {product}.|{product} ist {very} {good}.|Mit {product} bin ich {very} zufrieden.|Ich könnte nicht zufriedener sein.|{product} war ein Geschenk und kam {very} gut an.|Klare Empfehlung.|Jederzeit wieder.|Nichts zu meckern.|{product} ist schon nachbestellt.|{product} hat uns überzeugt.|Mit {product} macht man nichts falsch.",
        ),
        (
            "Die Lieferung dauerte fast drei Wochen.|Das Paket kam zu spät und der Karton war zerrissen.|Ich musste lange auf das Paket warten.|Der Bote hat es im Regen stehen lassen.|Es kam beschädigt an, weil es schlecht verpackt war.|Der Versand war {very} langsam.|Das Paket flog über den Zaun, und das sah man.|Erst nach {weeks} kam das Paket.|Der Karton war viel zu dünn für den Weg.",
            "Die Lieferung dauerte etwa eine Woche.|Es kam mit der Post.|Der Versand war wie angekündigt.|Das Paket kam am letzten zugesagten Tag.",
            "Die Lieferung war schnell.|Nach {days} war das Paket da.|Das Paket war {very} gut verpackt.|Der Versand könnte nicht schneller sein.|Montag bestellt, Mittwoch da.|Gut verpackt und pünktlich.|Schon nach {days} stand es vor der Tür.|Der Bote war ausnahmsweise zu früh.|Kein Kratzer, dank der vielen Polster.",
        ),
        (
            "Viel kleiner als gedacht.|Für uns viel zu groß.|Die Größe auf der Seite stimmt nicht.|Fällt {very} klein aus.|Es passt überhaupt nicht.|Zu eng, obwohl ich eine Größe mehr bestellt hatte.|Winzig, ganz anders als auf dem Bild.|Die Maße weichen um eine Handbreit ab.|Für uns am Ende zu kurz.",
            "Etwas kleiner als gedacht.|Die Größe ist mittel.|Vorher messen.|Ein wenig größer als unser altes.",
            "Passt perfekt.|Genau die richtige Größe.|Fällt aus wie erwartet.|Die Größe ist ideal für unsere Wohnung.|Größer als befürchtet, umso besser.|Passt wie beschrieben.|Die Maße stimmen genau.|Es ist so groß, wie es sein soll.",
        ),
        (
            "Nach wenigen Tagen kaputt.|Fühlt sich billig und wackelig an.|Die Verarbeitung ist {very} {bad}.|Die Qualität ist {bad}.|Ging nach einer Woche auseinander.|Schlecht gemacht.|Nach {weeks} funktionierte es nicht mehr.|Die Naht ging am ersten Tag auf.|Sieht stabil aus, ist es nicht.|Man sieht, wo am Material gespart wurde.",
            "Das Material ist gewöhnlich.|Gemacht wie üblich.|Die Farbe weicht etwas vom Foto ab.|Die Verarbeitung ist ungefähr so, wie man es erwartet.",
            "Die Qualität ist {very} {good}.|Gut gemacht.|Fühlt sich stabil an.|Die Verarbeitung ist {good}.|{very} solide und sauber gearbeitet.|Nach {weeks} täglicher Nutzung kein Kratzer.|Man merkt, dass sich jemand Mühe gegeben hat.|Es hat uns noch nicht im Stich gelassen.|Für die Ewigkeit gebaut.|Keine losen Fäden, keine rauen Kanten.",
        ),
        (
            "Viel zu teuer für das, was es ist.|Das Geld nicht wert.|Überteuert.|Gibt es woanders billiger.|Der Preis ist eine Frechheit.|Ich habe das Doppelte des Werts bezahlt.|Für diesen Preis erwarte ich mehr.|Kostet jedes Mal mehr, wenn ich nachsehe.",
            "Der Preis ist durchschnittlich.|Es kostet, was so etwas kostet.|Weder billig noch teuer.|Ich habe schon mehr und schon weniger bezahlt.",
            "Günstig für das, was man bekommt.|Jeden Cent wert.|Ein fairer Preis.|Gar nicht teuer.|Zu dem Preis ein Schnäppchen.|Woanders zahlt man das Doppelte.|Für das Geld kaum zu schlagen.|Es war billiger als befürchtet.",
        ),
        (
            "Auf meine Mails hat niemand geantwortet.|Der Kundenservice war {very} {bad}.|Man hat einfach aufgelegt.|Der Kundendienst half nicht.|Ich warte noch immer auf eine Antwort vom Laden.|Am Telefon unfreundlich.|Drei Anrufe, drei verschiedene Auskünfte.|Sobald man bezahlt hat, ist man dem Laden egal.",
            "Den Kundenservice habe ich nicht gebraucht.|Die Antwort kam nach einer Woche.|Der Kundenservice schickte den üblichen Text.",
            "Der Kundenservice war {very} freundlich.|Meine Frage wurde in einer Stunde beantwortet.|Der Kundendienst hat sehr geholfen.|Die Dame am Telefon war {very} nett.|Wurde ohne Umstände ersetzt.|Dem Laden sind die Kunden nicht egal.|Noch am selben Abend kam die Antwort auf meine Frage.|Ein Anruf und alles war geregelt.",
        ),
        (
            "Es riecht furchtbar.|Der Geruch ist {very} {bad} und geht nicht weg.|Riecht nach Chemie.|Es stinkt, auch nach einer Woche Lüften.|Von dem Duft bekam ich Kopfschmerzen.|Den Geruch halte ich nicht aus.|Die ganze Küche riecht streng danach.|Ein seltsamer Mief, der bleibt.",
            "Es riecht nach nicht viel.|Der Duft ist schwach.|Riecht, wie so etwas riecht.|Den Duft bemerkt man kaum.",
            "Es riecht {very} {good}.|Der Duft ist {good}.|Ein Duft, der {very} {good} ist.|Das ganze Zimmer duftet danach, und {we} freuen uns.|Allein der Geruch ist es wert.|Nicht zu stark, ein angenehmer Duft.|Das Aroma beim Öffnen ist {good}.|Es hinterlässt einen Duft, der mich immer wiederkommen lässt.",
        ),
        (
            "Die Geschenkverpackung war zerrissen.|Geschenkpapier bezahlt und keins bekommen.|Die Schleife fehlte und das Geschenkpapier war {bad}.|Die Geschenkverpackung sah {very} {bad} aus.|Die Grußkarte in der Geschenkverpackung fehlte.|Als Geschenk peinlich: Das Papier löste sich.|Die Schleife war platt gedrückt.",
            "Kam in schlichtem Geschenkpapier.|Die Geschenkverpackung ist gewöhnliches Papier.|Geschenkverpackung kostet extra.",
            "Die Geschenkverpackung war {good}.|Es kam in Geschenkpapier mit Schleife, {very} {good}.|So gut als Geschenk verpackt, dass ich es nicht öffnen wollte.|Schleife und handgeschriebene Karte machten es zum richtigen Geschenk.|Das Geschenkpapier ist {very} {good}.|Das Geschenkpapier hat sie aufgehoben.|Allein die Schleife bekam Applaus.",
        ),
    ],
}

# language -> (negative, neutral, positive)
TITLES: dict[str, tuple[str, str, str]] = {
    "en": (
        "Disappointed|Not worth it|Never again|Would not recommend|Not for me|Sent it back|Hmm, no|Look elsewhere",
        "It is fine|Does the job|Average|Okay|Nothing special|Mixed feelings|So so|Neither here nor there",
        "Love it|Better than expected|Would buy again|Excellent|A real find|Very happy|Not what I expected: better|Perfect|Spot on|Chuffed to bits",
    ),
    "de": (
        "Enttäuscht|Nicht zu empfehlen|Nie wieder|Leider nein|Nichts für mich|Ging zurück|Lieber nicht|Woanders schauen",
        "Geht so|In Ordnung|Durchschnitt|Okay|Nichts Besonderes|Gemischte Gefühle|Na ja|Weder noch",
        "Bin begeistert|Besser als erwartet|Gerne wieder|Ausgezeichnet|Ein echter Fund|Sehr zufrieden|Nicht wie erwartet: besser|Perfekt|Volltreffer|Rundum glücklich",
    ),
}
