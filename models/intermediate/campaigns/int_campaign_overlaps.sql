-- One row per two campaigns whose windows overlap and that some customers were both drawn for or shown: how many.
with pairs as (
    select
        c.campaign_id,
        o.campaign_id as other_campaign_id
    from {{ ref('int_campaigns') }} as c
    inner join {{ ref('int_campaigns') }} as o
        on
            c.campaign_id < o.campaign_id
            and c.starts_at < o.ends_at + interval '1 day' * o.attribution_days
            and o.starts_at < c.ends_at + interval '1 day' * c.attribution_days
),

people as (
    select
        campaign_id,
        customer_id
    from {{ ref('int_campaign_reached') }}
    union
    select
        campaign_id,
        customer_id
    from {{ ref('int_assigned') }}
    where arm = 'treatment'
)

select
    p.campaign_id,
    'two campaigns at once' as problem,
    p.other_campaign_id,
    count(*) as affected
from pairs as p
inner join people as a on p.campaign_id = a.campaign_id
inner join people as b on p.other_campaign_id = b.campaign_id and a.customer_id = b.customer_id
group by p.campaign_id, p.other_campaign_id
