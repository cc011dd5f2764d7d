-- One row per person in the shop's lists: whether any of their ids is erased, and whether they want to hear of offers, which one
-- id says and none that was asked denies. A wish does not wait for a clean export: see stg_customers__wishes.
select
    {{ one_customer('w.customer_id') }} as customer_id,
    bool_or(w.is_erased) as is_erased,
    not bool_or(w.is_erased) and bool_or(w.has_marketing_consent) and not bool_or(w.was_asked and not w.has_marketing_consent)
        as has_marketing_consent
from {{ ref('stg_customers__wishes') }} as w {{ join_customers('w.customer_id') }}
group by 1
