-- One row per campaign, problem and, where two meet, other campaign: what is wrong or unusual with it, and what that does to
-- the figures.
select
    p.campaign_id,
    p.problem,
    p.other_campaign_id,
    p.affected,
    p.counted_in,
    p.effect
from {{ ref('int_campaign_problems') }} as p
