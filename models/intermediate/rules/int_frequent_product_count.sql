-- One row: how many products are in enough baskets, so how many could have been found together by chance.
with itemsets as (
    select {{ explode('itemsets') }} as itemset
    from {{ ref('ml_association_rules') }}
)

select count(*) as products
from itemsets as i
where i.itemset.item_count = 1
