-- One row per customer of whom the shop's own list says which channel brought them, by its name here: channel_words knows
-- others.
select
    p.customer_id,
    coalesce(w.meaning, {{ plain_words('p.acquisition_channel') }}) as acquisition_channel
from {{ ref('stg_people') }} as p
left join {{ ref('int_channel_words') }} as w on w.kind = 'channel' and {{ plain_words('p.acquisition_channel') }} = w.spelling
where {{ plain_words('p.acquisition_channel') }} is not null
