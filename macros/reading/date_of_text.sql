{# The date in a text of date or time, as `2023-5-31`; null where it has none. Two digits are a year from 1969 to 2068.
   date_of_text('x', 'r.x') on '31.12.2023 10.00', 'Dec 31, 2023', '20231231T230604Z' -> '2023-12-31' (day first) #}
{% macro date_of_text(column, reading) -%}
  {%- set zone = "(?:(?:(?:UTC|GMT) ?[+-](?:1[0-4]|0?[0-9])|[+-](?:0[0-9]|1[0-4]))(?::?[0-5][0-9])?(?: [(][^()]*[)])?|Z|UTC|GMT|[ECMP][SD]T|CES?T|BST)?" -%}
  {%- set colons = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp][.]?[Mm][.]?)? ?" ~ zone -%}
  {%- set clock = "(?:(?:T|,? +)" ~ colons ~ "|,? +[0-9]{1,2}[.][0-9]{2}(?:[.][0-9]{2})?)?$" -%}
  {%- set year_first = "^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})" -%}
  {%- set compact = "^([0-9]{4})([0-9]{2})([0-9]{2})" -%}
  {%- set compact_clock = "(?:T?[0-9]{4}(?:[0-9]{2}(?:[.,][0-9]+)?)?(?:[+-][0-9]{4}|Z)?$|" ~ clock ~ ")" -%}
  {%- set year_last = "^([0-9]{1,2})[-/. ] ?([0-9]{1,2})[-/. ] ?([0-9]{4}|[0-9]{2})" -%}
  {%- set names = "jan(?:uar[yi]?)?|feb(?:ruar[yi]?)?|mar(?:ch)?|apr(?:il)?|may|jun[ei]?|jul[yi]?|aug(?:ust)?|sep(?:t|tember)?" -%}
  {%- set month = "(?i:(" ~ names ~ "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))" -%}
  {%- set weekday = "^(?:[A-Z][a-z]{2,8},? )?" -%}
  {%- set day_month = weekday ~ "([0-9]{1,2})(?:st|nd|rd|th)?[-. ]+" ~ month ~ "[-., ]+([0-9]{4}|[0-9]{2})" -%}
  {%- set month_day = weekday ~ month ~ "[. ]+([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})" -%}
  case
    when regexp_matches({{ column }}, '{{ year_first ~ clock }}')
      then {{ date_parts(column, year_first, 1, 2, 3) }}
    when regexp_matches({{ column }}, '{{ compact ~ compact_clock }}') then {{ date_parts(column, compact, 1, 2, 3) }}
    when regexp_matches({{ column }}, '{{ year_last ~ clock }}') and {{ reading }} = 'day first'
      then {{ date_parts(column, year_last, 3, 2, 1) }}
    when regexp_matches({{ column }}, '{{ year_last ~ clock }}') and {{ reading }} = 'month first'
      then {{ date_parts(column, year_last, 3, 1, 2) }}
    when regexp_matches({{ column }}, '{{ day_month ~ clock }}') then {{ date_parts(column, day_month, 3, 2, 1) }}
    when regexp_matches({{ column }}, '{{ month_day ~ clock }}') then {{ date_parts(column, month_day, 3, 1, 2) }}
  end
{%- endmacro %}

{# Year, month (a number or the first letters of its name) and day of a pattern's groups, as `2023-5-31`. #}
{% macro date_parts(column, pattern, year, month, day) -%}
  {%- set years = "regexp_extract(" ~ column ~ ", '" ~ pattern ~ "', " ~ year ~ ")" -%}
  {%- set months = "regexp_extract(" ~ column ~ ", '" ~ pattern ~ "', " ~ month ~ ")" -%}
  case when length({{ years }}) = 4 then '' when {{ years }} < '69' then '20' else '19' end || {{ years }} || '-'
  || {% if '(jan' in pattern %}cast(cast((position(lower(substring({{ months }}, 1, 3)) in 'janfebmaraprmayjunjulaugsepoctnovdec') + 2) / 3 as int) as string){% else %}{{ months }}{% endif %} || '-' || regexp_extract({{ column }}, '{{ pattern }}', {{ day }})
{%- endmacro %}
