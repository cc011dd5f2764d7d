{# The clock's time that a text of date and time says, without its zone; null where it is none.
   local_time_of_text('x', 'r.x') on 'May 31, 2023 11:06:04 PM PDT' -> 2023-05-31 23:06:04 #}
{% macro local_time_of_text(column, reading) -%}
  (try_cast(
    {{ date_of_text(column, reading) }}
    || ' ' || coalesce(nullif(replace(regexp_extract({{ column }}, '[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?', 0), ',', '.'), ''), '00:00')
    as timestamp
  ) + interval '12 hours' * case
    {# the hour, not a minute that looks like one; 22:00 PM is what it says #}
    when regexp_matches({{ column }}, '(?:^|[^0-9:.])(?:0?[0-9]|1[01]):[0-9:.,]+ ?[Pp][.]?[Mm]') then 1
    when regexp_matches({{ column }}, '(?:^|[^0-9:.])12:[0-9:.,]+ ?[Aa][.]?[Mm]') then -1
    else 0
  end)
{%- endmacro %}

{# Minutes that the written zone is ahead of UTC; null where none is written: '-0700' -> -420, 'Z' -> 0 #}
{% macro minutes_ahead(column) -%}
  {%- set offset = ":[0-9]{2}[0-9.,]*(?: ?[AaPp][.]?[Mm][.]?)? ?([+-])([0-9]{2}):?([0-9]{2})?$" -%}
  {%- set zones = {'UTC': 0, 'GMT': 0, 'Z': 0, 'EST': -300, 'EDT': -240, 'CST': -360, 'CDT': -300, 'MST': -420, 'MDT': -360,
                   'PST': -480, 'PDT': -420, 'CET': 60, 'CEST': 120, 'BST': 60} -%}
  case
    when regexp_matches({{ column }}, '{{ offset }}')
      then cast(regexp_extract({{ column }}, '{{ offset }}', 1) || '1' as int) * (
        cast(regexp_extract({{ column }}, '{{ offset }}', 2) as int) * 60
        + cast('0' || regexp_extract({{ column }}, '{{ offset }}', 3) as int)
      )
    when regexp_matches({{ column }}, '[0-9Mm.] ?[A-Z]{1,4}$') then case
      regexp_extract({{ column }}, '[A-Z]+$', 0)
      {%- for zone, minutes in zones.items() %} when '{{ zone }}' then {{ minutes }}{% endfor %}
    end
  end
{%- endmacro %}
