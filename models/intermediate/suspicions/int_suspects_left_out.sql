-- One row per learned step whose input leaves suspects out: how many baskets, visits, reviews or customers of campaigns these
-- are. Steps that are told who is a suspect count them in their own figures.
{% set counts = {
    'association_rules': 'int_suspect_baskets', 'category_rules': 'int_suspect_baskets',
    'products_bought_together': 'int_suspect_baskets', 'products_viewed_together': 'int_suspect_sessions',
    'session_evaluation': 'int_suspect_sessions', 'session_recommendations': 'int_suspect_sessions',
    'word_vectors': 'int_suspect_reviews',
} %}
{% for model, suspects in counts.items() %}
select
    '{{ model }}' as model,
    count(*) as suspects_left_out
from {{ ref(suspects) }}
union all
{% endfor %}
{% for model in ['campaign_effects', 'customer_uplift', 'offer_policy'] %}
select
    '{{ model }}' as model,
    count(*) as suspects_left_out
from {{ ref('int_assigned') }} as d
inner join {{ ref('int_campaigns') }} as c on d.campaign_id = c.campaign_id
inner join {{ ref('int_suspect_customers') }} as q
    on d.customer_id = q.customer_id and q.suspected_at <= greatest(d.assigned_at, c.starts_at)
{{ 'union all' if not loop.last }}
{% endfor %}
