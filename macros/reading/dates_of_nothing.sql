{# A time or date, null where it is one that systems write for none: 1970-01-01, 1900-01-01, 0001-01-01 and whatever else was
   before there were online shops. Of birthdays only those days themselves. a_date('erased_at') on 1970-01-01 -> null #}
{% macro a_date(column) -%}
  {%- if 'birth' in column -%}
  case
    when {{ column }} > date '1900-01-01' and {{ column }} <> date '1970-01-01' then {{ column }}
  end
  {%- else -%}
  case when {{ column }} >= timestamp '1971-01-01 00:00:00' then {{ column }} end
  {%- endif -%}
{%- endmacro %}
