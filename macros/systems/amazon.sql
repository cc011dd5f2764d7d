{# Amazon's all orders report, whose files are named by a number, and its table of older years. Its columns have no customer. #}
{% macro amazon_raw_tables() %}
  {{ return({
    'all_orders': {'files': '*', 'needed': true, 'last_file_of': 'order_id', 'columns': {
      'order_id*': 'amazon-order-id|Order ID', 'purchase_date*': 'purchase-date|Date', 'order_status*': 'order-status|Status',
      'item_status': 'item-status', 'sales_channel': 'sales-channel|Sales Channel', 'product_name': 'product-name',
      'sku*': 'sku', 'asin': 'asin', 'quantity*': 'quantity|Qty', 'currency': 'currency', 'item_price*': 'item-price|Amount',
      'discount': 'item-promotion-discount', 'country': 'ship-country',
    }},
  }) }}
{% endmacro %}
