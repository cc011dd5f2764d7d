-- One row per product id and clue that it shares, both as numbers, so that the lowest of the ids that are one product is the one
-- by which it is known: one that a link means, else by the place of its source.
select
    product_id,
    cast(min(rank_of_row) over (partition by product_id) as bigint) as code,
    clue_code,
    joined_by,
    clue,
    cast(null as timestamp) as known_at
from {{ ref('stg_product_evidence') }}
