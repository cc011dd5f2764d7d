{# The kinds of orders that int_order_kinds tells apart, in the order of its bits. #}
{% macro order_kinds() %}
  {{ return(['category_1', 'category_2', 'category_3', 'category_4', 'category_5', 'channel_1', 'channel_2', 'channel_3']) }}
{% endmacro %}

{# What was known of a customer when a campaign began, for models of who reacts: columns of int_campaign_customers, and of
   int_customers. #}
{% macro campaign_features(alias, customers) %}
  {% set columns = [
    'cast(case when ' ~ customers ~ '.created_at <= ' ~ alias ~ '.opens_at then '
    ~ whole_days_between(customers ~ '.created_at', alias ~ '.opens_at') ~ ' end as double) as f_days_since_created'
  ] %}
  {% for name in ['orders_before', 'revenue_before', 'visits_before', 'orders_90_days', 'visits_30_days', 'days_since_last_order',
                  'days_since_first_order'] %}
    {% do columns.append('cast(' ~ alias ~ '.' ~ name ~ ' as double) as f_' ~ name) %}
  {% endfor %}
  {% for kind in order_kinds() %}
    {% do columns.append('cast(case when (' ~ alias ~ '.kinds_before & ' ~ 2 ** loop.index0 ~ ') > 0 then 1 else 0 end as double) as f_' ~ kind) %}
  {% endfor %}
  {{ return(columns | join(',\n    ')) }}
{% endmacro %}
