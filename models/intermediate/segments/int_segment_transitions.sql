-- One row per pair of segments, at the latest earlier as_of and now: how many customers are on this way. From null: new
-- customers; to null: customers who have no segment any more. Empty where it is not known who was where before.
with before as (
    select
        customer_id,
        segment_id,
        as_of
    from {{ ref('int_earlier_segment_members') }}
),

before_names as (
    select distinct
        cast(segment_code as string) as segment_id,
        segment_name
    from {{ ref('int_earlier_segments_input') }}
),

now_names as (
    select {{ explode('segments') }} as segment
    from {{ ref('ml_customer_segments') }}
),

runs as (
    select distinct run_id
    from {{ ref('ml_customer_segments') }}
),

pairs as (
    select
        b.segment_id as from_segment_id,
        n.segment_id as to_segment_id,
        count(*) as customers
    from before as b
    full outer join {{ ref('int_customer_segments') }} as n on b.customer_id = n.customer_id
    group by b.segment_id, n.segment_id
)

select
    p.from_segment_id,
    f.segment_name as from_segment_name,
    p.to_segment_id,
    t.segment.segment_name as to_segment_name,
    p.customers,
    {{ ratio('p.customers', 'sum(p.customers) over (partition by p.from_segment_id)') }} as share,
    e.previous_at,
    r.run_id
from pairs as p
cross join runs as r
inner join (select max(as_of) as previous_at from before) as e on e.previous_at is not null
left join before_names as f on p.from_segment_id = f.segment_id
left join now_names as t on p.to_segment_id = cast(t.segment.segment_code as string)
