{# What a piece of an item cost, in the event's currency (`''`) or in dollars: its price; where there is none, what was paid for all
   pieces, by their number. ga4_price('item', '_in_usd') #}
{% macro ga4_price(item, currency) -%}
  coalesce(
    {{ tracker_number(json_field(item, 'price' ~ currency)) }},
    {%- for paid in ['item_revenue', 'item_refund'] %}
    cast(
      {{ tracker_number(json_field(item, paid ~ currency)) }}
      / greatest(coalesce({{ tracker_number(json_field(item, 'quantity')) }}, 1), 1) as {{ tracker_decimal() }}
    ){{ ',' if not loop.last }}
    {%- endfor %}
  )
{%- endmacro %}

{# The levels of an item's category as a path; null where none is said: ga4_category('item') -> 'Home/Kitchen' #}
{% macro ga4_category(item) -%}
  nullif(concat_ws('/'
    {%- for level in ['', '2', '3', '4', '5'] %}, {{ ga4_said(json_field(item, 'item_category' ~ level)) }}{% endfor %}), '')
{%- endmacro %}
