{# The id of one of several orders that customers share an id for: the first keeps it, the others have their number behind it; where
   the shop has an order of that name, too, a word more. order_id_of_part('order_id', 'part', 'is_taken') on 'A', 2 -> 'A (2)' #}
{% macro order_id_of_part(order_id, part, is_taken) -%}
  {{ order_id }} || case when {{ part }} > 1 then ' (' || cast({{ part }} as string) || ')' else '' end
  || case when {{ part }} > 1 and {{ is_taken }} then ' (shared id)' else '' end
{%- endmacro %}
