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
