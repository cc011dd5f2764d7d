{# Columns that say something of an order, not of an item. #}
{% macro woocommerce_order_columns() %}
  {{ return([
    'order_number', 'order_date', 'status', 'email', 'customer_email', 'phone', 'city', 'shipping_country', 'billing_country',
    'currency', 'order_tax', 'order_subtotal', 'order_discount', 'order_refund', 'order_total', 'order_postage', 'order_fees',
    'refund_items', 'coupon', 'street', 'zip', 'payer_first', 'payer_last',
  ]) }}
{% endmacro %}

{# The same on every row of an order, where its first row alone says them: coalesce(status, max(status) over of_block) … #}
{% macro woocommerce_filled_columns() -%}
  {%- for column in woocommerce_order_columns() -%}
    coalesce({{ column }}, max({{ column }}) over of_block) as {{ column }}{{ ', ' if not loop.last }}
  {%- endfor -%}
{%- endmacro %}

{# The first of some texts that are no amounts, to be refused as it was written; null where all that is told is an amount. #}
{% macro woocommerce_unread(columns) -%}
  coalesce(
    {%- for column in columns %}case when {{ amount_of_text(column) }} is null then {{ column }} end{{ ', ' if not loop.last }}{% endfor -%}
  )
{%- endmacro %}

{# What an order names a person by: the e-mail address, else the telephone number. #}
{% macro woocommerce_person() -%}
  coalesce(nullif(trim(email), ''), nullif(trim(customer_email), ''), nullif(trim(ltrim(phone, chr(39))), ''))
{%- endmacro %}
