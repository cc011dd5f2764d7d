-- One row per customer who is not erased: what is known of them now, as it was of others when their campaigns began.
select
    k.customer_code,
    {{ campaign_features('u', 'k') }}
from {{ ref('int_campaign_customers') }} as u
inner join {{ ref('int_customers') }} as k on u.customer_id = k.customer_id
where u.kind = 'today'
