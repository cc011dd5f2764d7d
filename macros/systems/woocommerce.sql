{# WooCommerce's own export of products, and orders as its export plug-ins write them (Advanced Order Export, WebToffee,
   Order/Customer CSV Export). A file may have one spelling of a column: what can stand beside another is a column of its own. #}
{% macro woocommerce_raw_tables() %}
  {{ return(dict({
    'orders': {'files': 'order*|wc_order*|woocommerce_order*', 'needed': true, 'last_file_of': 'order_number',
      'columns': woocommerce_columns_of_orders()},
    'products': {'files': 'wc_product*|product*', 'columns': {
      'id*': 'ID', 'type*': 'Type', 'sku': 'SKU', 'name*': 'Name', 'published': 'Published', 'short': 'Short description',
      'body': 'Description', 'in_stock': 'In stock?', 'sale_price': 'Sale price', 'regular_price*': 'Regular price',
      'categories': 'Categories', 'images': 'Images', 'parent': 'Parent', 'brand': 'Brands|Brand', 'unit_cost': 'Cost of goods',
      'stock': 'Stock', 'backorders': 'Backorders allowed?',
    }},
  }, **tables_beside_exports())) }}
{% endmacro %}
