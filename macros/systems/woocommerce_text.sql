{# Columns that say something of an order, not of an item. #}
{% macro woocommerce_order_columns() %}
  {{ return([
    'order_number', 'order_date', 'status', 'email', 'customer_email', 'phone', 'city', 'shipping_country', 'billing_country',
    'currency', 'order_tax', 'order_subtotal', 'order_discount', 'order_refund', 'order_total', 'refund_items',
  ]) }}
{% endmacro %}

{# The same on every row of an order, where its first row alone says them: coalesce(status, max(status) over of_block) … #}
{% macro woocommerce_filled_columns() -%}
  {%- for column in woocommerce_order_columns() -%}
    coalesce({{ column }}, max({{ column }}) over of_block) as {{ column }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{# A text of amounts or pieces as a number; commas stand before decimals where the file writes them so. #}
{% macro woocommerce_number(column) -%}
  {{ read_number("trim(" ~ column ~ ")", "case when has_decimal_commas then 'decimal comma' end") }}
{%- endmacro %}

{# What an order names a person by: the e-mail address, else the telephone number. #}
{% macro woocommerce_person() -%}
  coalesce(nullif(trim(email), ''), nullif(trim(customer_email), ''), nullif(trim(ltrim(phone, chr(39))), ''))
{%- endmacro %}
