-- One row per segment: its name, its size, and what it is like in one sentence.
with segments as (
    select
        run_id,
        {{ explode('segments') }} as segment
    from {{ ref('ml_customer_segments') }}
)

select
    cast(s.segment.segment_code as string) as segment_id,
    s.segment.segment_name as segment_name,
    cast(s.segment.customers as bigint) as customers,
    {{ ratio('s.segment.customers', 'sum(s.segment.customers) over ()') }} as share,
    case
        when s.segment.customers >= {{ var('min_group_size') }} then s.segment.description
        else 'Fewer than {{ var("min_group_size") }} customers: withheld.'
    end as description,
    s.segment.is_new as is_new,
    d.median_age_years,
    d.top_gender,
    {{ finite('d.top_gender_share') }} as top_gender_share,
    d.top_country,
    {{ finite('d.top_country_share') }} as top_country_share,
    d.top_income_band,
    {{ finite('d.top_income_band_share') }} as top_income_band_share,
    s.run_id,
    a.as_of
from segments as s
left join {{ ref('int_segment_demographics') }} as d on cast(s.segment.segment_code as string) = d.segment_id
cross join {{ ref('stg_as_of') }} as a
