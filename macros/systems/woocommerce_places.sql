{# How many items of an order are read where its row has a column for each (`line_item_1`, `line_item_2`, …); 60 were seen. #}
{% macro woocommerce_most_items() %}
  {{ return(120) }}
{% endmacro %}

{# The place of each such item, and 0 for a row that has one item or none: (select 0 as place union all …) #}
{% macro woocommerce_places() -%}
  ({% for place in range(woocommerce_most_items() + 1) %}select {{ place }} as place{{ ' union all ' if not loop.last }}{% endfor %})
{%- endmacro %}

{# Whether a row has any such item, at whichever place. #}
{% macro woocommerce_has_items() -%}
  coalesce({% for at in range(1, woocommerce_most_items() + 1) %}line_item_{{ at }}{{ ', ' if not loop.last }}{% endfor %}) is not null
{%- endmacro %}

{# The item at a place, as the text that it is: woocommerce_item_at('place') -> case place when 1 then line_item_1 … #}
{% macro woocommerce_item_at(place) -%}
  case {{ place }}{% for at in range(1, woocommerce_most_items() + 1) %} when {{ at }} then line_item_{{ at }}{% endfor %} end
{%- endmacro %}
