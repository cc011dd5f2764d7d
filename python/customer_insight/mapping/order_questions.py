"""What is asked of orders beside their columns: the time of day of a date, and what their states mean."""

from __future__ import annotations

from customer_insight.mapping.assignment import Assignment, Doubt, which_of
from customer_insight.mapping.column_names import meaning_of
from customer_insight.mapping.column_values import known_words, meanings_of_words, share_known
from customer_insight.mapping.file_tables import FileTable
from customer_insight.mapping.mapping_file import ColumnFrom

# So many unknown states are asked about one by one.
MOST_WORDS = 8
# What is written for goods that came back.
CREDIT_NOTES = {
    "credit note",
    "credit memo",
    "creditnote",
    "gutschrift",
    "avoir",
    "abono",
    "nota di credito",
    "korekta",
}
# A time of an order, or of nothing that a name says; a time of these is another one.
OF_ORDER = {"time", "order", "date", "invoice", "created", "utc"}
OF_OTHERS = {"shipping", "return", "updated", "birth", "span", "payment", "visitor", "event", "review"}


def ask_time_of_day(found: FileTable, lines: Assignment, special: dict[str, ColumnFrom]) -> None:
    """The time of day that stands in a column of its own, beside the only date without one."""
    day = lines.columns.get("ordered_at")
    times = [
        name
        for name, profile in found.profiles.items()
        if profile.share("time_only") >= 0.9 and not OF_OTHERS & meaning_of(name).meanings
    ]
    if not day or len(times) != 1 or found.profiles[day].share("clock") > 0:
        return
    name, both = times[0], ColumnFrom((day, times[0]), between=" ")
    said = meaning_of(name)
    if "time" in said.meanings and said.meanings <= OF_ORDER and not said.unknown:
        special["ordered_at"] = both
        lines.reasons["ordered_at"] = f"`{name}` is its time of day"
        return
    lines.drop("ordered_at")
    lines.doubts.append(
        Doubt(
            f"Is `{name}` of {found.name} the time of day at which orders of `{day}` were made?",
            "columns/ordered_at",
            {"yes": both, "no": ColumnFrom((day,))},
            tuple(f"{each}: {', '.join(found.profiles[each].examples(3))}" for each in (day, name)),
        )
    )


def ask_status(found: FileTable, lines: Assignment) -> None:
    """Columns that nobody reads in which words say that something was returned or cancelled, or that are all states."""
    if "order_status" in lines.columns or lines.doubt_on("order_status"):
        return
    states = meanings_of_words("order_statuses")
    answers: dict[str, ColumnFrom] = {}
    others: dict[str, str] = {}
    for name, profile in found.profiles.items():
        words = {text.lower() for text in profile.distinct}
        if name in lines.used() or not 1 < len(words) <= MOST_WORDS or profile.share("text") < 0.9:
            continue
        undone = [word for word in words if states.get(word) in ("returned", "cancelled") or _is_return(word)]
        if profile.share("flag") < 0.5 and (undone or share_known(profile, "order_statuses") >= 0.95):
            unknown = {word: "returned" if _is_return(word) else "completed" for word in sorted(words - set(states))}
            others |= unknown
            answers[name] = ColumnFrom((name,), words=unknown)
    if answers:
        asked = which_of(found, "order_lines", "order_status", list(answers))
        counted = f" Then {', '.join(f'`{word}` is {state}' for word, state in others.items())}." if others else ""
        lines.doubts.append(Doubt(asked.sentence + counted, asked.place, {**answers, "none": "none"}, asked.values))


def _is_return(word: str) -> bool:
    return "return" in meaning_of(word).meanings or word in CREDIT_NOTES


def ask_words(found: FileTable, lines: Assignment) -> None:
    """What states mean that nobody knows; a column with many such words is not read."""
    header = lines.columns.get("order_status")
    if not header:
        return
    profile, known = found.profiles[header], known_words("order_statuses")
    unknown = sorted({text.lower() for text in profile.distinct} - known)
    if len(unknown) > MOST_WORDS:
        lines.drop("order_status")
        lines.doubts.append(which_of(found, "order_lines", "order_status", [header]))
        return
    for word in unknown:
        lines.doubts.append(
            Doubt(
                f"What is an order with `{word}` in `{header}` of {found.name}?",
                f"words/{word}",
                {state: state for state in ("completed", "cancelled", "returned", "pending")},
                (f"{header}: {', '.join(profile.examples(6))}",),
            )
        )
