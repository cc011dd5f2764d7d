-- One row per staff rule, read, with the first thing wrong in it (null: nothing). A wrong one stops the build.
select
    rule,
    action,
    product_id,
    category,
    segment,
    position,
    factor,
    starts_at,
    ends_at,
    note,
    case
        when rule is null then 'a rule has no name; say in the column rule what it is for'
        when namesakes > 1 then cast(namesakes as string) || ' rules have this name; give each its own'
        when coalesce(action not in ('never', 'pin', 'bury', 'boost'), true)
            then 'its action is `' || coalesce(action, '') || '`; it can be never, pin, bury or boost'
        when product_id is null and category is null then 'it names neither a product_id nor a category; name one of them'
        when product_id is not null and category is not null
            then 'it names a product_id and a category; name one of them, or write two rules'
        when action = 'pin' and product_id is null
            then 'it pins a category, and one product takes a place; name a product_id, or boost the category'
        when action <> 'pin' and position_text is not null
            then 'it has a position, which is for pin alone; this is a ' || action
        when action in ('never', 'pin') and factor_text is not null
            then 'it has a factor, which is for boost and bury alone; this is a ' || action
        when position_text is not null and regexp_extract(position_text, '^[1-9][0-9]{0,3}$', 0) = ''
            then 'its position is `' || position_text || '`; it is a whole number from 1'
        when position > {{ var('recommendations_per_customer') }}
            then
                'its position is ' || position_text
                || '; lists have {{ var("recommendations_per_customer") }} places (recommendations_per_customer)'
        when factor_text is not null and regexp_extract(factor_text, '^[0-9]{1,6}([.][0-9]{1,6})?$', 0) = ''
            then 'its factor is `' || factor_text || '`; it is a number such as 1.5'
        when (action = 'boost' and factor <= 1) or (action = 'bury' and (factor <= 0 or factor >= 1))
            then 'its factor is ' || factor_text || '; that of a boost is above 1, that of a bury between 0 and 1'
        when starts_text is not null and starts_at is null
            then 'its starts_at is `' || starts_text || '`; write it as 2024-12-01 or 2024-12-01 08:00'
        when ends_text is not null and ends_at is null
            then 'its ends_at is `' || ends_text || '`; write it as 2024-12-01 or 2024-12-01 08:00'
        when ends_at <= starts_at then 'it ends on ' || ends_text || ', and starts on ' || starts_text || ', which is not before'
    end as mistake
from {{ ref('int_staff_rules_read') }}
