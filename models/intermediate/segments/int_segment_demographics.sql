-- One row per segment: who its customers are, as far as the data say. A figure is null where fewer than `min_group_size`
-- customers are known for it, and so is a group that fewer are in. Age is in whole years at as_of. Without a country of
-- the customer the one of the orders counts; erased customers are left out.
with people as (
    select
        s.segment_id,
        coalesce(c.country, o.country) as country,
        c.income_band,
        c.gender,
        extract(year from {{ local_time('a.as_of') }}) - extract(year from c.birth_date) - case
            when
                extract(month from {{ local_time('a.as_of') }}) * 100 + extract(day from {{ local_time('a.as_of') }})
                < extract(month from c.birth_date) * 100 + extract(day from c.birth_date) then 1
            else 0
        end as age
    from {{ ref('int_customer_segments') }} as s
    cross join {{ ref('stg_as_of') }} as a
    inner join {{ ref('int_customers') }} as c on s.customer_id = c.customer_id
    left join {{ ref('int_customer_countries') }} as o on s.customer_id = o.customer_id
    where not c.is_erased
),

figures as (
    select
        segment_id,
        case
            when count_if(age between 0 and 120) >= {{ var('min_group_size') }}
                then median(cast(age as double)) filter (where age between 0 and 120)
        end as median_age_years
    from people
    group by segment_id
)

{% for attribute in ['gender', 'country', 'income_band'] %},
top_{{ attribute }} as (
    select
        segment_id,
        {{ attribute }},
        {{ ratio('count(*)', 'sum(count(*)) over (partition by segment_id)') }} as share
    from people
    where {{ attribute }} is not null
    group by segment_id, {{ attribute }}
    qualify
        row_number() over (partition by segment_id order by count(*) desc nulls last, {{ attribute }} asc nulls last) = 1
        and count(*) >= {{ var('min_group_size') }}
)
{% endfor %}

select
    f.segment_id,
    f.median_age_years,
    g.gender as top_gender,
    g.share as top_gender_share,
    c.country as top_country,
    c.share as top_country_share,
    i.income_band as top_income_band,
    i.share as top_income_band_share
from figures as f
left join top_gender as g on f.segment_id = g.segment_id
left join top_country as c on f.segment_id = c.segment_id
left join top_income_band as i on f.segment_id = i.segment_id
