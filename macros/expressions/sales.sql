{# Whether the source of a row counts sales of a kind: counts_sales('l.source_name', 'order_lines') -> l.source_name in (…) #}
{% macro counts_sales(source_name, sale_kind) -%}
  {%- if sources() | length == 1 -%}
  {{ 'true' if sale_kind == 'order_lines' else "'events' in (select k.sale_kind from " ~ ref('int_sale_kind') ~ ' as k)' }}
  {%- else -%}
  {{ source_name }} in (select k.source_name from {{ ref('int_sale_kind') }} as k where k.sale_kind = '{{ sale_kind }}')
  {%- endif -%}
{%- endmacro %}
