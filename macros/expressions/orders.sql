{# The id of one of several orders that customers share an id for: the first keeps it, the others have their number behind it.
   order_id_of_part('order_id', 'part') on 'A', 2 -> 'A (2)' #}
{% macro order_id_of_part(order_id, part) -%}
  {{ order_id }} || case when {{ part }} > 1 then ' (' || cast({{ part }} as string) || ')' else '' end
{%- endmacro %}
