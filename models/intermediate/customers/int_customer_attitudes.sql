-- One row per customer: four habits from 0 to 1, each null where there are fewer than three purchases to see it in or
-- nothing to compare with. Definitions are in `segments.customer_attitudes`.
{% set enough = 3 %}
with purchases as (
    select
        u.*,
        p.brand,
        r.price_place
    from {{ ref('int_customer_purchases') }} as u
    inner join {{ ref('int_products') }} as p on u.product_id = p.product_id
    left join {{ ref('int_product_price_places') }} as r on u.product_id = r.product_id
),

habits as (
    select
        customer_id,
        count(*) as purchases,
        count(price_place) as with_place,
        1 - avg(cast(price_place as decimal(18, 9))) as price_sensitivity,
        count_if(has_price) as with_price,
        {{ ratio('count_if(is_discounted)', 'count_if(has_price)') }} as discount_use,
        count(is_first_order) > 0 as has_dates,
        count_if(not is_first_order) as later,
        {{ ratio('count_if(is_new_product and not is_first_order)', 'count_if(not is_first_order)') }} as variety_seeking
    from purchases
    group by customer_id
),

shop as (
    select
        coalesce(bool_or(is_discounted), false) as has_discounts,
        count(distinct brand) > 1 as has_brands
    from purchases
),

known as (
    select
        h.customer_id,
        h.purchases,
        h.has_dates,
        case when h.with_place >= {{ enough }} then cast(h.price_sensitivity as double) end as price_sensitivity,
        case when s.has_discounts and h.with_price >= {{ enough }} then h.discount_use end as discount_use,
        case when h.later >= {{ enough }} then h.variety_seeking end as variety_seeking,
        case when b.with_brand >= {{ enough }} then b.brand_loyalty end as brand_loyalty
    from habits as h
    cross join shop as s
    left join {{ ref('int_customer_brands') }} as b on h.customer_id = b.customer_id
)

select
    c.customer_id,
    coalesce(k.purchases, 0) as purchases,
    k.price_sensitivity,
    k.discount_use,
    k.variety_seeking,
    k.brand_loyalty,
    case
        when k.purchases is null then 'Nothing was bought.'
        else nullif(concat_ws(
            ' ',
            case
                when k.price_sensitivity is null then 'Fewer than {{ enough }} purchases from categories with several prices.'
            end,
            case
                when not s.has_discounts then 'The shop has given no discount.'
                when k.discount_use is null then 'Fewer than {{ enough }} purchases with a price.'
            end,
            case
                when not k.has_dates then 'The orders have no dates, so none is the first.'
                when k.variety_seeking is null then 'Fewer than {{ enough }} purchases after the first order.'
            end,
            case
                when not s.has_brands then 'The shop does not sell several brands.'
                when k.brand_loyalty is null then 'Fewer than {{ enough }} purchases of a brand.'
            end
        ), '')
    end as unknown_because
from {{ ref('int_customers') }} as c
cross join shop as s
left join known as k on c.customer_id = k.customer_id
