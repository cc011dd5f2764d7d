{# Minutes that the written zone is ahead of UTC; null where none is written: '-0700' -> -420, 'Z' -> 0 #}
{% macro minutes_ahead(column) -%}
  {%- set offset = "(?::|T[0-9]{2}|[0-9]{10})[0-9]{2}[0-9.,]*(?: ?[AaPp][.]?[Mm][.]?)? ?(?:UTC|GMT)? ?([+-])([0-9]{1,2}):?([0-9]{2})?(?: [(][^()]*[)])?$" -%}
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
