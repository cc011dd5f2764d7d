{# WooCommerce's own export of products, and orders as its export plug-ins write them (Advanced Order Export, WebToffee,
   Order/Customer CSV Export). A file may have one spelling of a column only: what can stand beside another is a column of its own. #}
{% macro woocommerce_raw_tables() %}
  {% set orders = {
    'order_number*': 'Order Number|order_number', 'order_date*': 'Order Date|order_date|Date', 'status*': 'Order Status|status',
    'email': 'Email (Billing)|billing_email|Billing Email', 'customer_email': 'customer_email|Customer Email',
    'phone': 'Phone (Billing)|billing_phone|Billing Phone', 'city': 'City (Billing)|billing_city|Billing City',
    'shipping_country': 'Country Code (Shipping)|shipping_country|Shipping Country',
    'billing_country': 'Country Code (Billing)|billing_country|Billing Country',
    'currency': 'Currency|order_currency|Order Currency', 'order_tax': 'Order Total Tax Amount|tax_total|Tax Total',
    'order_subtotal': 'Order Subtotal Amount|order_subtotal|Order Subtotal',
    'order_discount': 'Cart Discount Amount|discount_total|Discount Total',
    'order_refund': 'Order Refund Amount|refunded_total|Refunded Total', 'refund_items': 'refund_items',
    'order_total': 'Order Total Amount|order_total|Order Total',
    'item_name': 'Item Name|item_name|Name', 'product_name': 'Product Name|product_name',
    'sku': 'SKU|item_sku|Item SKU|Product SKU', 'quantity': 'Quantity|item_quantity|Item Quantity|Qty',
    'kept_quantity': 'Quantity (- Refund)', 'item_cost': 'Item Cost|item_price|Item Price',
    'listed_cost': 'Item Cost Before Discount', 'line_total': 'Order Line Total|item_total|Item Total',
    'line_no_tax': 'Order Line (w/o tax)', 'line_subtotal': 'Order Line Subtotal|item_subtotal|Item Subtotal',
    'item_discount': 'Item Discount Amount', 'kept_total': 'Order Line Total (- Refund)',
    'refunded': 'Order Line Total Refunded|item_refunded|Item Refunded',
    'refunded_quantity': 'item_refunded_qty|Item Refunded Quantity|Quantity Refunded',
  } %}
  {% for at in range(1, woocommerce_most_items() + 1) %}{% do orders.update({'line_item_' ~ at: 'line_item_' ~ at}) %}{% endfor %}
  {% set products = {
    'id*': 'ID', 'type*': 'Type', 'sku': 'SKU', 'name*': 'Name', 'published': 'Published', 'short': 'Short description',
    'body': 'Description', 'in_stock': 'In stock?', 'sale_price': 'Sale price', 'regular_price*': 'Regular price',
    'categories': 'Categories', 'images': 'Images', 'parent': 'Parent', 'brand': 'Brands|Brand', 'unit_cost': 'Cost of goods',
  } %}
  {{ return({
    'orders': {'files': 'order*|wc_order*|woocommerce_order*', 'needed': true, 'last_file_of': 'order_number', 'columns': orders},
    'products': {'files': 'wc_product*|product*', 'columns': products},
    'exchange_rates': files_raw_tables()['exchange_rates'],
  }) }}
{% endmacro %}
