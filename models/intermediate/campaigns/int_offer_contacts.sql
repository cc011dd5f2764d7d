-- One row per kind, campaign and customer of int_campaign_subjects who was drawn, or as of now: how often campaigns have written
-- to them in the 30 days before. Of several products in one mail it is one contact.
with contacts as (
    select distinct
        coalesce(t.customer_id, l.customer_id) as customer_id,
        t.campaign_id,
        t.shown_at
    from {{ ref('stg_touches') }} as t
    inner join {{ ref('int_campaigns') }} as c on t.campaign_id = c.campaign_id
    left join {{ ref('int_touched_visitors') }} as l on t.customer_id is null and t.row_number = l.row_number
    where
        c.needs_consent
        and coalesce(t.customer_id, l.customer_id) is not null
)

select
    s.kind,
    s.campaign_id,
    s.customer_id,
    count(t.customer_id) as contacts
from {{ ref('int_campaign_subjects') }} as s
left join contacts as t
    on
        s.customer_id = t.customer_id
        -- what the campaign itself sends is not before it
        and s.campaign_id <> t.campaign_id
        and s.opens_at - interval '30 days' <= t.shown_at
        and (s.opens_at > t.shown_at or s.kind = 'today')
where s.kind in ('drawn', 'today')
group by s.kind, s.campaign_id, s.customer_id
