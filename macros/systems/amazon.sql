{# Amazon's all orders report, whose files are called by a number, as it spells its columns, and as tables made from it do. #}
{% macro amazon_raw_tables() %}
  {{ return(dict({
    'all_orders': {'files': 'all_orders*', 'needed': true, 'last_file_of': 'order_id', 'quoted': false, 'columns': {
      'order_id*': 'amazon-order-id|Order ID', 'purchase_date*': 'purchase-date|Date', 'order_status*': 'order-status|Status',
      'item_status': 'item-status', 'sales_channel*': 'sales-channel|Sales Channel', 'product_name': 'product-name',
      'sku*': 'sku', 'asin': 'asin', 'quantity*': 'quantity|Qty', 'currency': 'currency', 'item_price*': 'item-price|Amount',
      'discount': 'item-promotion-discount', 'country': 'ship-country',
    }},
  }, **tables_beside_exports())) }}
{% endmacro %}
