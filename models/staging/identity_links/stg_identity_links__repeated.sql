-- One row per row that repeats another; the first stays. A visitor may have several customers: only whole rows repeat.
{{ repeated_rows('identity_links', known_at='linked_at') }}
