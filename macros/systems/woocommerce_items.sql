{# How many items of an order are read where its row has a column for each (`line_item_1`, `line_item_2`, …); 60 were seen. #}
{% macro woocommerce_most_items() %}
  {{ return(120) }}
{% endmacro %}

{# The place of each such item, and 0 for a row that has one item or none: (select 0 as place union all …) #}
{% macro woocommerce_places() -%}
  ({% for place in range(woocommerce_most_items() + 1) %}select {{ place }} as place{{ ' union all ' if not loop.last }}{% endfor %})
{%- endmacro %}

{# The item at a place, as the text that it is: woocommerce_item_at('place') -> case place when 1 then line_item_1 … #}
{% macro woocommerce_item_at(place) -%}
  case {{ place }}{% for at in range(1, woocommerce_most_items() + 1) %} when {{ at }} then line_item_{{ at }}{% endfor %} end
{%- endmacro %}

{# The name of such an item, which may hold a bar itself: 'name:Yarn | Bulky|product_id:9' -> 'Yarn | Bulky' #}
{% macro woocommerce_item_name() -%}
  nullif(trim(coalesce(
    nullif(regexp_extract(item, '^name:(.*?)[|](?:product_id|sku|quantity):', 1), ''), {{ woocommerce_field('name') }}
  )), '')
{%- endmacro %}

{# The number of what was bought: of the variation, else of the product; 0 stands for a product that is gone. #}
{% macro woocommerce_product_number() -%}
  coalesce(
    nullif(nullif(coalesce(f.variation_number, {{ woocommerce_field('_variation_id') }}), '0'), ''),
    nullif(nullif(coalesce(f.product_number, {{ woocommerce_field('product_id') }}), '0'), '')
  )
{%- endmacro %}

{# A field of an item that is one text: woocommerce_field('total') on 'name:Cup|quantity:2|total:18.00' -> '18.00' #}
{% macro woocommerce_field(field) -%}
  nullif(trim(regexp_extract(item, '(?:^|[|]){{ field }}:([^|]*)', 1)), '')
{%- endmacro %}
