-- One row per thing shown to a person: accepted, up to as_of, each once. What followed after as_of is not known yet.
with accepted as (
    select
        t.*,
        {{ one_customer('t.customer_id') }} as one_customer_id,
        {{ one_product('t.product_id') }} as one_product_id,
        t.converted_at is not null and {{ known_at_as_of('t.converted_at') }} as is_converted
    from {{ ref('stg_touches__typed') }} as t {{ join_customers('t.customer_id') }} {{- join_products('t.product_id') }}
    anti join {{ ref('stg_touches__repeated') }} as r on t.row_number = r.row_number
    where
        t.reject_reason is null
        and {{ known_at_as_of('t.shown_at') }}
)

select
    row_number,
    touch_id,
    shown_at,
    one_customer_id as customer_id,
    visitor_id,
    campaign_id,
    variant,
    one_product_id as product_id,
    position,
    propensity,
    case when {{ known_at_as_of('clicked_at') }} then clicked_at end as clicked_at,
    case when is_converted then converted_at end as converted_at,
    -- revenue without a time of conversion is taken as known
    case when is_converted or converted_at is null then revenue end as revenue,
    is_clicked_before,
    is_converted_before,
    case when {{ known_at_as_of('unsubscribed_at') }} then unsubscribed_at end as unsubscribed_at,
    cost,
    strategy,
    satisfaction
from accepted
