{# What was known of a customer when a campaign began, for models of who reacts: columns of int_campaign_customers. #}
{% macro campaign_features(alias) %}
  {% set columns = [] %}
  {% for name, column in {
    'orders': 'orders_before', 'revenue': 'revenue_before', 'visits': 'visits_before', 'orders_90_days': 'orders_90_days',
    'visits_30_days': 'visits_30_days', 'days_since_last_order': 'days_since_last_order',
    'days_since_first_order': 'days_since_first_order',
  }.items() %}
    {% do columns.append('cast(' ~ alias ~ '.' ~ column ~ ' as double) as f_' ~ name) %}
  {% endfor %}
  {{ return(columns | join(',\n    ')) }}
{% endmacro %}
