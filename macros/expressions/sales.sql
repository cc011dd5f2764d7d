{# Whether a row is a sale that its source counts, by the kind of sale and the time: not where another source counts it.
   counts_sales('l.source_name', 'order_lines', 'l.ordered_at') -> (l.source_name in (…) and not exists (…)) #}
{% macro counts_sales(source_name, sale_kind, sold_at) -%}
  {%- if sources() | length == 1 -%}
  {{ 'true' if sale_kind == 'order_lines' else "'events' in (select k.sale_kind from " ~ ref('int_sale_kind') ~ ' as k)' }}
  {%- else -%}
  (
    {{ source_name }} in (select k.source_name from {{ ref('int_sale_kind') }} as k where k.sale_kind = '{{ sale_kind }}')
    and not exists (
      select 1 from {{ ref('int_sale_kind') }} as k
      where k.source_name = {{ source_name }} and {{ sold_at }} between k.told_from and k.told_until
    )
  )
  {%- endif -%}
{%- endmacro %}
