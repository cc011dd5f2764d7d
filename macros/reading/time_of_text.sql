{# The clock's time that a text of date and time says, without its zone; null where it is none.
   local_time_of_text('x', 'r.x') on 'May 31, 2023 11:06:04 PM PDT' -> 2023-05-31 23:06:04 #}
{% macro local_time_of_text(column, reading) -%}
  (try_cast(
    {{ date_of_text(column, reading) }}
    || ' ' || coalesce(
      nullif(replace(regexp_extract({{ column }}, '[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?', 0), ',', '.'), ''),
      case when length({{ column }}) > 10 then {{ clock_without_colons(column) }} end,
      '00:00'
    )
    as timestamp
  ) + interval '12 hours' * case
    {# the hour, not a minute that looks like one; 22:00 PM is what it says #}
    when regexp_matches({{ column }}, '(?:^|[^0-9:.])(?:0?[0-9]|1[01]):[0-9:.,]+ ?[Pp][.]?[Mm]') then 1
    when regexp_matches({{ column }}, '(?:^|[^0-9:.])12:[0-9:.,]+ ?[Aa][.]?[Mm]') then -1
    else 0
  end)
{%- endmacro %}

{# The time of day that a text says without colons; null where it says none: clock_without_colons('x') on '20230531T230604Z',
   '31.12.2023 9.05' -> '23:06:04', '9:05' #}
{% macro clock_without_colons(column) -%}
  {%- set compact, parts = "^[0-9]{8}T?([0-9]{2})([0-9]{2})([0-9]{2}(?:[.,][0-9]{1,6})?)?", [] -%}
  {%- for place in [1, 2, 3] -%}
    {%- do parts.append("regexp_extract(" ~ column ~ ", '" ~ compact ~ "', " ~ place ~ ")") -%}
  {%- endfor -%}
  case
    when {{ parts[0] }} <> ''
      then {{ parts[0] }} || ':' || {{ parts[1] }} || ':' || coalesce(nullif(replace({{ parts[2] }}, ',', '.'), ''), '00')
    else nullif(replace(regexp_extract({{ column }}, '[0-9],? +([0-9]{1,2}[.][0-9]{2}(?:[.][0-9]{2})?)$', 1), '.', ':'), '')
  end
{%- endmacro %}
