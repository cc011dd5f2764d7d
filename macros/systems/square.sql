{# Square's exports: the details of items sold, whose columns grew from 24 to 35 over the years, and the customer directory. Where
   there are Product Sales, Gross Sales are with tax; else they are what the goods cost. #}
{% macro square_raw_tables() %}
  {{ return(dict({
    'items': {'files': 'items*|square_items*', 'needed': true, 'last_file_of': 'transaction_id', 'columns': {
      'sold_on*': 'Date', 'sold_at': 'Time', 'zone_name': 'Time Zone', 'category': 'Category', 'item*': 'Item',
      'quantity*': 'Qty', 'price_point': 'Price Point Name', 'sku': 'SKU', 'product_sales': 'Product Sales',
      'gross_sales*': 'Gross Sales', 'discounts': 'Discounts', 'net_sales': 'Net Sales', 'transaction_id*': 'Transaction ID',
      'event_type': 'Event Type', 'location': 'Location', 'customer_id': 'Customer ID', 'item_type': 'Itemization Type',
      'channel': 'Channel',
    }},
    'customers': {'files': 'export_*|customers*', 'columns': {
      'square_id*': 'Square Customer ID', 'email': 'Email Address', 'phone': 'Phone Number', 'city': 'City',
      'first_name': 'First Name', 'last_name': 'Last Name', 'postal_code': 'Postal Code',
      'consent': 'Email Subscription Status',
    }},
  }, **tables_beside_exports())) }}
{% endmacro %}
