-- One row per row of the source, cleaned and cast: a use of a coupon, and the first thing that is wrong with it.
with {{ rows_by_type('coupons', ref('src_coupons')) }}

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('coupons') }}, case
        when customer_id is null and order_id is null then 'customer_id is missing, and so is order_id'
        when used_at_read is not null and {{ a_date('used_at_read') }} is null then 'used_at is before 1971'
    end) as reject_reason,
    coupon_code,
    {{ own_id('customer_id_read') }} as customer_id,
    order_id_read as order_id,
    {{ a_date('used_at_read') }} as used_at
from by_type {{ join_own_ids(['customer_id_read']) }}
