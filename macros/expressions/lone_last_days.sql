{# The days at the end that lie far from the rest, as a relation: of each gap above 30 days, and above three usual ones, that few rows
   follow (under 1 % of all, or fewer than ten days, and no more than before it) the days around it and the last one. A typing
   error such as 2042 would make itself the "now" of everything. The relation has active_on (date) and row_count, a row a day.
   lone_last_days('days') on 300 days of 2024 and 2042-01-03, 2042-01-07 -> 2042-01-03, 2024-10-26, 2042-01-07 #}
{% macro lone_last_days(relation) -%}
  (
    select
      active_on as first_lone_on,
      previous_on,
      last_on as last_lone_on
    from (
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
    ) as numbered
    where
      {{ whole_days_between('previous_on', 'active_on') }} > 30
      and {{ whole_days_between('previous_on', 'active_on') }} * greatest(days_before - 1, 1)
      > 3 * {{ whole_days_between('first_on', 'previous_on') }}
      and (100 * rows_left < all_rows or (days_left < 10 and days_left <= days_before))
  )
{%- endmacro %}
