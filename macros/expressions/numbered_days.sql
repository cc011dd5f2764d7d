{# Days with the one before them, the first and the last of all, and how many days and rows lie before and after. The relation has
   active_on (date) and row_count, a row a day. #}
{% macro numbered_days(relation) -%}
  (
    select
      active_on,
      lag(active_on) over (order by active_on asc nulls last) as previous_on,
      min(active_on) over () as first_on,
      max(active_on) over () as last_on,
      row_number() over (order by active_on asc nulls last) - 1 as days_before,
      row_number() over (order by active_on desc nulls last) as days_left,
      sum(row_count) over (order by active_on desc nulls last) as rows_left,
      sum(row_count) over () as all_rows
    from {{ relation }}
  )
{%- endmacro %}
