-- One row per campaign that nobody was drawn for and that was shown to somebody: from when on it is compared, and whether it
-- was shown to all at once. What is shown to each at another time is shown for a reason, such as an order, and nobody compares
-- with them.
with shown as (
    select
        c.campaign_id,
        c.first_shown_at as opens_at,
        c.attribution_days,
        count(*) as customers,
        count(*) filter (where r.first_shown_at < c.first_shown_at + interval '1 day') as customers_at_once
    from {{ ref('int_campaigns') }} as c
    inner join {{ ref('int_campaign_reached') }} as r on c.campaign_id = r.campaign_id
    anti join {{ ref('int_assigned') }} as d on c.campaign_id = d.campaign_id
    group by c.campaign_id, c.first_shown_at, c.attribution_days
)

select
    campaign_id,
    opens_at,
    attribution_days,
    customers_at_once >= 0.9 * customers as is_at_once,
    -- as many as are compared in minutes, of all campaigns together
    least({{ most_compared_customers() }}, 10.0 * {{ most_compared_customers() }} / nullif(count(*) over (), 0)) as most_customers
from shown
