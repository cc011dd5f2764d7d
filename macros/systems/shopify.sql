{# Shopify's exports of orders, products and customers, as the admin pages write them; names of columns are stable over the years. #}
{% macro shopify_raw_tables() %}
  {{ return(dict({
    'orders': {'files': 'orders_export*|orders*', 'needed': true, 'last_file_of': 'name', 'columns': {
      'name*': 'Name', 'email': 'Email', 'phone': 'Phone', 'billing_phone': 'Billing Phone',
      'shipping_phone': 'Shipping Phone', 'created_at*': 'Created at', 'financial_status*': 'Financial Status',
      'cancelled_at': 'Cancelled at', 'payment_method': 'Payment Method', 'tags': 'Tags',
      'refunded_amount': 'Refunded Amount', 'subtotal': 'Subtotal', 'currency': 'Currency',
      'source': 'Source', 'shipping_country': 'Shipping Country', 'billing_country': 'Billing Country',
      'item_name*': 'Lineitem name', 'item_sku': 'Lineitem sku', 'item_quantity*': 'Lineitem quantity',
      'item_price*': 'Lineitem price', 'item_discount': 'Lineitem discount', 'discount_code': 'Discount Code',
      'shipping_street': 'Shipping Street', 'shipping_zip': 'Shipping Zip', 'billing_name': 'Billing Name',
    }},
    'products': {'files': 'products_export*|products*', 'columns': {
      'handle*': 'Handle|URL handle', 'title*': 'Title', 'body': 'Body (HTML)|Description', 'vendor': 'Vendor',
      'category': 'Product Category|Product category', 'product_type': 'Type', 'published': 'Published|Published on online store',
      'option_1': 'Option1 Value|Option1 value', 'option_2': 'Option2 Value|Option2 value',
      'option_3': 'Option3 Value|Option3 value', 'variant_sku': 'Variant SKU|SKU', 'variant_price': 'Variant Price|Price',
      'unit_cost': 'Cost per item', 'stock': 'Variant Inventory Qty|Inventory quantity',
      'stock_policy': 'Variant Inventory Policy|Continue selling when out of stock', 'image': 'Image Src|Product image URL', 'status': 'Status',
    }},
    'customers': {'files': 'customers_export*|customers*', 'columns': {
      'shopify_id': 'Customer ID', 'email*': 'Email', 'phone': 'Phone|Default Address Phone',
      'first_name': 'First Name', 'last_name': 'Last Name', 'postal_code': 'Default Address Zip|Zip',
      'consent': 'Accepts Email Marketing|Accepts Marketing', 'city': 'Default Address City|City',
      'country': 'Default Address Country Code|Country Code|Country',
    }},
  }, **tables_beside_exports())) }}
{% endmacro %}
