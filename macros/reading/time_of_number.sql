{# A number as the time that it counts to: days of a spreadsheet on the shop's clock, or seconds and parts of them in UTC. #}
{% macro time_of_number(column, reading, source=none) -%}
  {%- set number = "try_cast(" ~ column ~ " as decimal(30, 9))" -%}
  {#- a spreadsheet counts days from 1899-12-30, which is 25,569 days before 1970 -#}
  {%- set days = from_epoch_microseconds("cast(round((" ~ number ~ " - 25569) * 86400, 0) as bigint) * 1000000") -%}
  case {{ reading }}
    when 'days since 1899-12-30' then {{ from_time_zone(days, source) }}
    {#- products of decimals are exact, quotients are doubles: a time of 16 digits would be a microsecond early -#}
    {%- for unit, microseconds in {'seconds': '1000000', 'milliseconds': '1000', 'microseconds': '1', 'nanoseconds': '0.001'}.items() %}
    when '{{ unit }} since 1970'
      then {{ from_epoch_microseconds("cast(floor(" ~ number ~ " * " ~ microseconds ~ ") as bigint)") }}
    {%- endfor %}
  end
{%- endmacro %}

{# Microseconds since 1970 -> UTC timestamp #}
{% macro from_epoch_microseconds(column) %}
  {{- return(adapter.dispatch('from_epoch_microseconds')(column)) -}}
{% endmacro %}

{% macro default__from_epoch_microseconds(column) -%}
  make_timestamp({{ column }})
{%- endmacro %}
