-- One row per campaign and variant that somebody was drawn for ('': left alone), as a number: 0 for who is left alone.
select
    campaign_id,
    variant,
    cast(
        row_number() over (partition by campaign_id order by variant <> '' asc nulls last, variant asc nulls last)
        - case when bool_or(variant = '') over (partition by campaign_id) then 1 else 0 end as int
    ) as variant_code
from (
    select distinct
        campaign_id,
        coalesce(variant, '') as variant
    from {{ ref('int_campaign_yields') }}
    where kind = 'drawn'
) as drawn
