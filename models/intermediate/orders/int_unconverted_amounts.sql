-- One row per table and currency whose amounts cannot be added to the others: there is no rate for their day, or nobody said
-- which of several currencies the figures are in. A row here stops the run.
with amounts as (
    select
        'order_lines' as source_table,
        currency,
        order_id as row_id,
        {{ shop_day('ordered_at') }} as needed_on,
        row_number
    from {{ ref('stg_order_lines') }}
    union all
    select
        'products' as source_table,
        p.currency,
        p.product_id as row_id,
        {{ shop_day('a.as_of') }} as needed_on,
        p.row_number
    from {{ ref('stg_products') }} as p
    cross join {{ ref('stg_as_of') }} as a
    where p.price is not null or p.unit_cost is not null
    union all
    select
        'channel_costs' as source_table,
        currency,
        channel as row_id,
        cost_date as needed_on,
        row_number
    from {{ ref('stg_channel_costs') }}
)

select
    a.source_table,
    a.currency,
    c.currency as reporting_currency,
    count(*) as amounts,
    min_by(a.row_id, a.row_number) as example_id,
    min_by(a.needed_on, a.row_number) as example_needed_on
from amounts as a
cross join {{ ref('int_currency') }} as c
left join {{ ref('int_exchange_rates') }} as r on a.currency = r.currency and a.needed_on = r.rate_date
where
    a.currency is not null
    and (c.currency is null or (a.currency <> c.currency and r.rate is null))
group by a.source_table, a.currency, c.currency
