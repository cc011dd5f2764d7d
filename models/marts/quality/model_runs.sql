-- One row per learned step: what it was run on, with what, and what came of it. Where orders have no dates the days of what was
-- learned from them are not known.
{% set models = {
    'association_rules': 'ml_association_rules',
    'category_rules': 'ml_category_rules',
    'products_bought_together': 'ml_products_bought_together',
    'products_viewed_together': 'ml_products_viewed_together',
    'products_similar_content': 'ml_products_similar_content',
    'customer_segments': 'ml_customer_segments',
    'recommendation_evaluation': 'ml_recommendation_evaluation',
    'customer_recommendations': 'ml_customer_recommendations',
    'session_evaluation': 'ml_session_evaluation',
    'session_recommendations': 'ml_session_recommendations',
    'value_evaluation': 'ml_value_evaluation',
    'customer_value': 'ml_customer_value',
    'purchase_evaluation': 'ml_purchase_evaluation',
    'customer_predictions': 'ml_customer_predictions',
    'demand_forecast': 'ml_demand_forecast',
    'undrawn_effects': 'ml_undrawn_effects', 'campaign_effects': 'ml_campaign_effects', 'customer_uplift': 'ml_customer_uplift',
    'offer_policy': 'ml_offer_policy', 'earlier_lists': 'ml_earlier_lists', 'policy_evaluation': 'ml_policy_evaluation',
    'recommendation_feedback': 'ml_recommendation_feedback',
    'suspicions': 'ml_suspicions',
    'review_voice': 'ml_review_voice',
    'word_vectors': 'ml_word_vectors',
    'message_intents': 'ml_message_intents',
    'message_entities': 'ml_message_entities',
    'suggested_replies': 'ml_suggested_replies',
} %}
{% set of_visits = "('products_viewed_together', 'session_evaluation', 'session_recommendations')" %}
with runs as (
    -- a large result is spread over several rows
    {% for name, model in models.items() %}
    select distinct
        '{{ name }}' as model,
        run_id,
        status,
        parameters,
        metrics,
        versions
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

data_window as (
    select
        a.as_of,
        least(
            (select min(l.ordered_at) from {{ ref('int_order_lines') }} as l),
            (select min(s.started_at) from {{ ref('int_sessions') }} as s)
        ) as data_from_at,
        greatest(
            (select max(l.ordered_at) from {{ ref('int_order_lines') }} as l),
            (select max(s.ended_at) from {{ ref('int_sessions') }} as s)
        ) as data_to_at
    from {{ ref('stg_as_of') }} as a
)

select
    r.run_id,
    r.model,
    w.as_of,
    r.status,
    r.parameters,
    r.metrics,
    case
        when k.has_dates or r.model in {{ of_visits }}
            then w.data_from_at
    end as data_from_at,
    case
        when k.has_dates or r.model in {{ of_visits }}
            then w.data_to_at
    end as data_to_at,
    r.versions,
    coalesce(cast({{ json_field('r.metrics', 'suspects_left_out') }} as bigint), s.suspects_left_out) as suspects_left_out
from runs as r
cross join data_window as w
cross join {{ ref('int_order_dates') }} as k
left join {{ ref('int_suspects_left_out') }} as s on r.model = s.model
