{# The columns of orders, which people choose in their plug-in: of the order, of the item, of its money, and items as texts. #}
{% macro woocommerce_columns_of_orders() %}
  {% set columns = {
    'order_number*': 'Order Number|order_number|Order ID', 'order_date*': 'Order Date|order_date|Date',
    'status*': 'Order Status|status', 'email': 'Email (Billing)|billing_email|Billing Email',
    'customer_email': 'customer_email|Customer Email', 'phone': 'Phone (Billing)|billing_phone|Billing Phone',
    'city': 'City (Billing)|billing_city|Billing City', 'currency': 'Currency|order_currency|Order Currency',
    'shipping_country': 'Country Code (Shipping)|shipping_country|Shipping Country',
    'billing_country': 'Country Code (Billing)|billing_country|Billing Country',
    'order_tax': 'Order Total Tax Amount|tax_total|Tax Total', 'order_total': 'Order Total Amount|order_total|Order Total',
    'order_postage': 'Order Shipping Amount|shipping_total|Shipping Total', 'order_fees': 'fee_total|Fee Total',
    'order_subtotal': 'Order Subtotal Amount|order_subtotal|Order Subtotal',
    'order_discount': 'Cart Discount Amount|discount_total|Discount Total',
    'order_refund': 'Order Refund Amount|refunded_total|Refunded Total', 'refund_items': 'refund_items',
    'item_name': 'Item Name|item_name|Name', 'product_name': 'Product Name|product_name|Product Name (main)',
    'sku': 'SKU|item_sku|Item SKU|Product SKU', 'product_number': 'Product Id|item_product_id|Item Product ID',
    'variation_number': 'Variation Id', 'quantity': 'Quantity|item_quantity|Item Quantity|Qty',
    'kept_quantity': 'Quantity (- Refund)', 'item_cost': 'Item Cost|item_price|Item Price',
    'listed_cost': 'Item Cost Before Discount', 'cost_with_tax': 'Item Cost (inc. tax)',
    'line_total': 'Order Line Total|item_total|Item Total', 'line_no_tax': 'Order Line (w/o tax)',
    'line_subtotal': 'Order Line Subtotal|item_subtotal|Item Subtotal', 'item_discount': 'Item Discount Amount',
    'kept_total': 'Order Line Total (- Refund)', 'refunded': 'Order Line Total Refunded|item_refunded|Item Refunded',
    'coupon': 'Coupon Code|Coupons|coupons|coupon_items', 'street': 'Address 1&2 (Shipping)|Address 1 (Shipping)|shipping_address_1',
    'zip': 'Postcode (Shipping)|shipping_postcode', 'payer_first': 'First Name (Billing)|billing_first_name',
    'payer_last': 'Last Name (Billing)|billing_last_name', 'refunded_quantity': 'item_refunded_qty|Item Refunded Quantity|Quantity Refunded',
  } %}
  {% for at in range(1, woocommerce_most_items() + 1) %}
    {% do columns.update({'line_item_' ~ at: 'line_item_' ~ at}) %}
  {% endfor %}
  {{ return(columns) }}
{% endmacro %}
