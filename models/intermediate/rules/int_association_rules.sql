-- One row per association rule between products, with both sides as lists of numbers, best first.
{{ rules_of_lists('ml_association_rules', 'R') }}
