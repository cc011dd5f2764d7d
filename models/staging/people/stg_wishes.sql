-- One row per person in the shop's lists: whether any of their ids is erased, and whether they want to hear of offers, which one
-- id says, none that was asked denies, and none that may have been erased puts in doubt. A wish does not wait for a clean
-- export: see stg_customers__wishes.
with wishes as (
    select
        {{ one_customer('w.customer_id') }} as one_customer_id,
        w.is_erased,
        w.has_marketing_consent,
        (w.was_asked and not w.has_marketing_consent) or w.is_in_doubt or w.is_erased as is_against
    from {{ ref('stg_customers__wishes') }} as w {{ join_customers('w.customer_id') }}
)

select
    one_customer_id as customer_id,
    bool_or(is_erased) as is_erased,
    bool_or(has_marketing_consent) and not bool_or(is_against) as has_marketing_consent
from wishes
group by one_customer_id
