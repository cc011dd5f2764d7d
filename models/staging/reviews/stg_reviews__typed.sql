-- One row per row of the source, cleaned and cast: a review, and the first thing that is wrong with it.
with {{ rows_by_type('reviews', ref('src_reviews')) }}

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('reviews') }}, case
        when rating_read not between 1 and 5 then 'rating is not between 1 and 5'
    end) as reject_reason,
    review_id_read as review_id,
    product_id_read as product_id,
    {{ a_date('reviewed_at_read') }} as reviewed_at,
    {{ own_id('customer_id_read') }} as customer_id,
    cast(rating_read as decimal(9, 3)) as rating,
    title,
    review_text,
    {{ a_date('updated_at_read') }} as updated_at
from by_type {{ join_own_ids(['customer_id_read']) }}
