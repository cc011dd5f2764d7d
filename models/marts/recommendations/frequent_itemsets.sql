-- One row per set of products found together in enough baskets.
with itemsets as (
    select
        run_id,
        {{ explode('itemsets') }} as itemset
    from {{ ref('ml_association_rules') }}
),

items as (
    select
        i.itemset.itemset_code as itemset_code,
        {{ explode('i.itemset.items') }} as product_code
    from itemsets as i
),

named as (
    select
        i.itemset_code,
        {{ json_set('k.product_id') }} as itemset
    from items as i
    inner join {{ ref('int_product_codes') }} as k on i.product_code = k.product_code
    group by i.itemset_code
)

select
    n.itemset,
    cast(i.itemset.item_count as int) as item_count,
    cast(i.itemset.support_count as bigint) as support_count,
    i.itemset.support as support,
    i.run_id,
    a.as_of
from itemsets as i
inner join named as n on i.itemset.itemset_code = n.itemset_code
cross join {{ ref('stg_as_of') }} as a
