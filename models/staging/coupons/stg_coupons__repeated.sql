-- One row per row that repeats another. A use has no key: a row repeats another only if the whole row does.
{{ repeated_rows('coupons', known_at='used_at') }}
