{# What each setting of dbt_project.yml can be; the check of the input holds every run to it.
   Kinds: text, boolean, timestamp, time zone, currency, share (0 to 1), share above 0, positive number, integer from N,
   one of A, B; each also with ` or null`.
   setting_kinds()['segment_count'] -> 'integer from 2 or null' #}
{% macro setting_kinds() %}
  {{ return({
    'source_system': 'one of ' ~ var('source_tables') | join(', '), 'raw_path': 'text',
    'date_order': 'one of day_first, month_first or null', 'decimal_mark': 'one of point, comma or null',
    'pending_is_sale': 'boolean or null', 'max_rejected_share': 'share',
    'as_of': 'timestamp or null',
    'time_zone': 'time zone', 'calendar_time_zone': 'time zone or null', 'reporting_currency': 'currency or null',
    'session_gap_minutes': 'positive number', 'max_session_hours': 'positive number',
    'min_support': 'share above 0 or null',
    'min_confidence': 'share',
    'max_itemset_length': 'integer from 1',
    'max_consequent_length': 'integer from 1',
    'max_rules': 'integer from 1',
    'itemset_engine': 'one of apriori, mlxtend',
    'segment_method': 'one of kmeans, hierarchical, density',
    'segment_count': 'integer from 2 or null',
    'recommendations_per_customer': 'integer from 1',
    'similar_products_per_product': 'integer from 1',
    'open_cart_days': 'integer from 1',
    'open_session_hours': 'positive number',
    'recommend_repurchase': 'boolean',
    'recommendation_strategy': 'text',
    'prediction_horizon_days': 'integer from 1',
    'churn_days': 'integer from 1',
    'evaluate': 'boolean',
    'tuning_trials': 'integer from 0',
    'published_runs': 'integer from 1',
    'min_group_size': 'integer from 1',
    'memory_gb': 'positive number',
  }) }}
{% endmacro %}
