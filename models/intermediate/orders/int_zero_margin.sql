-- One row: the margin of nothing sold. It is 0, but null in a shop that knows not a single cost, so that its margins do not
-- add up to a zero that would be false.
select cast(case when count(*) > 0 then 0 end as decimal(18, 2)) as zero_margin
from (
    select unit_cost from {{ ref('stg_order_lines') }} where unit_cost is not null
    union all
    select unit_cost from {{ ref('int_listed_prices') }} where unit_cost is not null
) as costs
