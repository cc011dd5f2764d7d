-- One row per use of a coupon: accepted, up to as_of, each once.
select
    t.row_number,
    t.coupon_code,
    {{ one_customer('t.customer_id') }} as customer_id,
    t.order_id,
    t.used_at
from {{ ref('stg_coupons__typed') }} as t {{ join_customers('t.customer_id') }}
anti join {{ ref('stg_coupons__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.used_at') }}
