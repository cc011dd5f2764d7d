-- One row per review: what is learned from, with numbers instead of ids; suspects are marked since when they are, and
-- teach nothing.
select
    r.review_code,
    p.product_code,
    c.category_code,
    {{ whole_days_between("timestamp '1970-01-01 00:00:00'", 'cast(r.reviewed_on as timestamp)') }} as written_day,
    {{ whole_days_between("timestamp '1970-01-01 00:00:00'", 'cast(' ~ shop_day('q.suspected_at') ~ ' as timestamp)') }}
        as suspected_day,
    r.rating,
    r.title,
    r.review_text
from {{ ref('int_reviews') }} as r
left join {{ ref('int_products') }} as i on r.product_id = i.product_id
left join {{ ref('int_product_codes') }} as p on r.product_id = p.product_id
left join {{ ref('int_category_codes') }} as c on i.category = c.category
left join {{ ref('int_suspect_reviews') }} as q on r.review_id = q.review_id
