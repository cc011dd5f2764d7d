{# What a campaign can be judged by, in the order of the tables. #}
{% macro campaign_metrics() %}
  {{ return(['conversion', 'orders', 'revenue', 'margin', 'profit', 'visits']) }}
{% endmacro %}

{# What is kept of whom a run has drawn, beside the run's as_of. #}
{% macro assignment_columns() %}
  {{ return({'campaign_id': 'string', 'customer_id': 'string', 'variant': 'string', 'arm': 'string', 'propensity': 'double',
             'audience': 'string'}) }}
{% endmacro %}

{# Whether margins can be told: of so much of the revenue the cost is known. has_margin('revenue', 'costed_revenue') #}
{% macro has_margin(revenue, costed_revenue) -%}
  sum({{ costed_revenue }}) >= 0.8 * sum({{ revenue }}) and sum({{ costed_revenue }}) > 0
{%- endmacro %}

{# Customers of a campaign that nobody was drawn for who are looked at: as many as a model learns from in seconds. #}
{% macro most_compared_customers() %}
  {{ return(200000) }}
{% endmacro %}

{# A score from 1 to 5 by its limits: points('d.orders_before >= l.f') -> 1 + case when d.orders_before >= l.f_2 then 1 else 0 end … #}
{% macro points(reaches) -%}
  1{% for score in range(2, 6) %} + case when {{ reaches }}_{{ score }} then 1 else 0 end{% endfor %}
{%- endmacro %}
