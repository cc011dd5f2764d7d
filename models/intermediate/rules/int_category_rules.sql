-- One row per association rule between categories, with both sides as lists of numbers, best first.
{{ rules_of_lists('ml_category_rules', 'C') }}
