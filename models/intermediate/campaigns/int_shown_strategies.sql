-- One row per strategy by which something was shown, as a number; 0 where nothing says by which.
select
    strategy,
    cast(row_number() over (order by strategy asc nulls last) as int) as strategy_code
from (
    select distinct strategy
    from {{ ref('int_shown_products') }}
    where
        strategy is not null
        and strategy <> 'not said'
) as named
union all
select
    'not said' as strategy,
    0 as strategy_code
