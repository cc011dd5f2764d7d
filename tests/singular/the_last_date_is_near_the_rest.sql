{{ config(severity='warn') }}
-- No gap of more than 30 days stands before the last few days with an order or a visit. A typing error such as 2099 would
-- make itself the "now" of everything: set as_of, or mend the rows. `customer-insight check` asks the same of the input.
{% set active_days %}
(
    select
        active_on,
        count(*) as row_count
    from (
        select {{ shop_day('ordered_at') }} as active_on from {{ ref('orders') }} where ordered_at is not null
        union all
        select {{ shop_day('ended_at') }} as active_on from {{ ref('sessions') }}
    ) as active_rows
    group by active_on
) as active_days
{% endset %}
select
    first_lone_on,
    previous_on,
    last_lone_on
from {{ lone_last_days(active_days) }} as lone
