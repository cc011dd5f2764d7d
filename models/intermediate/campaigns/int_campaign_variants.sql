-- One row per variant of a declared campaign: its share of those who get it, and where that begins and ends, from 0 to 1.
with listed as (
    select
        campaign_id,
        split(variants, '|') as entries,
        {{ variant_names('variants') }} as names
    from {{ ref('int_campaigns') }}
    where is_declared
),

placed as (
    select
        *,
        {{ explode(places_of('names')) }} as place
    from listed
),

weighted as (
    select
        campaign_id,
        trim({{ nth_item('names', 'place') }}) as variant,
        place,
        coalesce({{ whole_number_after_colon(nth_item('entries', 'place')) }}, 1) as weight
    from placed
)

select
    campaign_id,
    variant,
    cast(weight as double) / nullif(sum(weight) over (partition by campaign_id), 0) as share,
    cast(sum(weight) over (partition by campaign_id order by place asc nulls last) - weight as double)
    / nullif(sum(weight) over (partition by campaign_id), 0) as share_from,
    cast(sum(weight) over (partition by campaign_id order by place asc nulls last) as double)
    / nullif(sum(weight) over (partition by campaign_id), 0) as share_to
from weighted
