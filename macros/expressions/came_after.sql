{# Whether what is said to have come of something came after it: exactly, but for a bare date, which counts from its day on.
   came_after('2025-03-01 10:00', '2025-03-01 09:00') -> false, '2025-03-01 00:00' -> true, null -> null #}
{% macro came_after(earlier, later) -%}
  (
    {{ later }} >= {{ earlier }}
    or (date_trunc('day', {{ local_time(later) }}) = {{ local_time(later) }} and {{ shop_day(later) }} >= {{ shop_day(earlier) }})
  )
{%- endmacro %}
