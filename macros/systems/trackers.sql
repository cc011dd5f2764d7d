{# The systems that track what happens in a shop and know its orders from that; models/sources/trackers makes tables of all alike. #}
{% macro trackers() %}
  {{ return(['ga4', 'snowplow']) }}
{% endmacro %}

{# A model of the tracker that a source is of: tracker_model('told', source) -> src_ga4__told #}
{% macro tracker_model(name, source) %}
  {{ return(of_source(ref('src_' ~ source['system'] ~ '__' ~ name), source)) }}
{% endmacro %}

{# What an event tells in amounts, an exact number of what may have come as a float: tracker_number("'59.989999999999995'") -> 59.99
   Wide enough to be multiplied: of decimals of 18 digits DuckDB makes one of 18 digits, 12 of them behind the point. #}
{% macro tracker_number(text) -%}
  try_cast({{ text }} as {{ tracker_decimal() }})
{%- endmacro %}

{% macro tracker_decimal() %}
  {{ return('decimal(20, 6)') }}
{% endmacro %}

{# What a number of pieces at a price is worth, in cents: tracker_cents('quantity * price') #}
{% macro tracker_cents(amount) -%}
  cast(round({{ amount }}, 2) as decimal(18, 2))
{%- endmacro %}
