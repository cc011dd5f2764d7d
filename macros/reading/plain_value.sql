{# The value of a text that is written as most are, null for all others: told by one look, so that they need no cleaning and none
   of the patterns in which other texts are read. Nothing for types of which no way is the usual one.
   plain_value('x', 'whole') on '7' -> 7, on ' 7' and '7.0' -> null #}
{% macro plain_value(column, type) %}
  {{- return(adapter.dispatch('plain_value')(column, type)) -}}
{% endmacro %}

{% macro default__plain_value(column, type) %}
  {{ return({
    'time': 'case when ' ~ column ~ " like '2___-__-__ __:__:__' then try_cast(" ~ column ~ ' as timestamp) end',
    'number': 'case when not contains(' ~ column ~ ", '_') then try_cast(" ~ column ~ ' as ' ~ number_type(column) ~ ') end',
    'whole': 'case when try_cast(try_cast(' ~ column ~ ' as int) as string) = ' ~ column ~ ' then try_cast(' ~ column ~ ' as bigint) end',
    'flag': 'case when ' ~ column ~ " in ('true', '1') then true when " ~ column ~ " in ('false', '0') then false end",
  }.get(type)) }}
{% endmacro %}

{# What a small unit of money is worth has its first digit far behind the point: 0.0000371 dollars. #}
{% macro number_type(column) -%}
  {{ 'decimal(28, 10)' if column == 'rate' else 'decimal(18, 6)' }}
{%- endmacro %}
