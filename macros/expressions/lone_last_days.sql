{# The days at the end that lie far from the rest, as a relation: of each gap above 30 days, above three usual ones and twice the longest
   before it, that few rows follow (under 1 % of all, or fewer than ten days, and no more than before it, in a quarter of its time)
   the days around it and the last one. A typing error such as 2042 would make itself the "now" of everything. The relation has
   active_on (date) and row_count, a row a day.
   lone_last_days('days') on 300 days of 2024 and 2042-01-03, 2042-01-07 -> 2042-01-03, 2024-10-26, 2042-01-07 #}
{% macro lone_last_days(relation) -%}
  (
    select
      active_on as first_lone_on,
      previous_on,
      last_on as last_lone_on
    from (
      select
        *,
        {{ whole_days_between('previous_on', 'active_on') }} as gap,
        max({{ whole_days_between('previous_on', 'active_on') }}) over (
          order by active_on asc nulls last rows between unbounded preceding and 1 preceding
        ) as longest_gap_before
      from {{ numbered_days(relation) }} as numbered
    ) as with_gaps
    where
      gap > 30
      and gap > 2 * coalesce(longest_gap_before, 0)
      and gap * greatest(days_before - 1, 1) > 3 * {{ whole_days_between('first_on', 'previous_on') }}
      -- a typing error is one day or a few; days that go on are those of a shop that sells seldom
      and 4 * {{ whole_days_between('active_on', 'last_on') }} < gap
      and (100 * rows_left < all_rows or (days_left < 10 and days_left <= days_before))
  )
{%- endmacro %}
