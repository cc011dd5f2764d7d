-- One row: by what offers are judged. Margin less what they cost, where all campaigns that have drawn customers know it; else
-- whether somebody bought.
select case when count(*) > 0 and count(*) = count(coalesce(y_profit, y_margin)) then 'margin' else 'conversion' end as metric
from {{ ref('int_campaign_yields') }}
where kind = 'drawn'
