{# The code of an order, which one plug-in writes as code:WELCOME|amount:5.00; where it went and who paid, which are never kept as they
   are written. #}
{% macro woocommerce_clues() -%}
  coalesce(nullif(regexp_extract(coupon, 'code:([^|;]+)', 1), ''), nullif(trim(split_part(coupon, ',', 1)), '')) as coupon_code,
  {{ hidden_text('shipping_address', "(street || ' ' || coalesce(zip, ''))") }} as shipping_address,
  {{ hidden_text('payment_name', "(payer_first || ' ' || payer_last)") }} as payment_name
{%- endmacro %}
