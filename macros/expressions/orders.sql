{# The id of one of several orders that customers share an id for: the first keeps it, the others have their number behind it; where
   the shop has an order of that name, too, a word more. order_id_of_part('order_id', 'part', 'is_taken') on 'A', 2 -> 'A (2)' #}
{% macro order_id_of_part(order_id, part, is_taken) -%}
  {{ order_id }} || case when {{ part }} > 1 then ' (' || cast({{ part }} as string) || ')' else '' end
  || case when {{ part }} > 1 and {{ is_taken }} then ' (shared id)' else '' end
{%- endmacro %}

{# What is the same in the id of one order in two systems: its letters and digits. order_key('order_id') on 'shopify:#1001' -> '1001' #}
{% macro order_key(order_id) -%}
  nullif({{ replace_all('lower(' ~ unqualified_id(order_id) ~ ')', '[^a-z0-9]') }}, '')
{%- endmacro %}
