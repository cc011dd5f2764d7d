{# The day of the shop in which an instant lies, UTC timestamp -> date #}
{% macro shop_day(column) -%}
  cast({{ local_time(column) }} as date)
{%- endmacro %}

{# Days of the shop from the one of an instant to its last day, both dates' midnights apart: 0 on the last day itself.
   shop_days_ago('ordered_at', 'a.last_day') #}
{% macro shop_days_ago(column, last_day) -%}
  cast({{ whole_days_between("cast(" ~ shop_day(column) ~ " as timestamp)", "cast(" ~ last_day ~ " as timestamp)") }} as int)
{%- endmacro %}

{# The instant, UTC, at which all is known of the shop but its last so many days: where a window of the past begins.
   shop_cut_at('a.last_day', 30) in Europe/Berlin, the last day being 2024-07-31 -> 2024-07-01 22:00:00 #}
{% macro shop_cut_at(last_day, days) -%}
  {{ from_local_time("(cast(" ~ last_day ~ " as timestamp) + interval '1 day' * (1 - cast(" ~ days ~ " as bigint)))") }}
{%- endmacro %}
