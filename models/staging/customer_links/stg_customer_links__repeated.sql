-- One row per row that repeats another; the first stays. Only whole rows repeat.
{{ repeated_rows('customer_links', known_at='linked_at') }}
