-- One row per click on a product in a session, as numbers: its place in the session, and days before now.
select
    s.session_code,
    c.product_code,
    s.click_number,
    cast({{ seconds_between('s.clicked_at', 'a.as_of') }} / 86400 as double) as age_days
from {{ ref('int_session_clicks') }} as s
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_product_codes') }} as c on s.product_id = c.product_id
