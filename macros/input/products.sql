{% macro products_input() %}
  {{ return({
    'one_row': 'a product',
    'columns': {
      'product_id*': ['id', 'The product, as in orders and events.'],
      'product_name': ['text', 'What it is called.'],
      'description': ['text', 'What is said of it.'],
      'category': ['text', 'Path of the category, from the widest, with `/` or `>` between its levels.'],
      'brand': ['text', 'Who makes it.'],
      'price': ['number', 'Price of one piece today, in currency.'],
      'is_available': ['flag', 'Whether it can be bought; true where it is empty.'],
      'stock_units': ['number', 'Pieces in stock today; empty where nobody counts them, or where it can be ordered without.'],
      'image_path': ['text', 'Path or address of its picture.'],
      'product_url': ['text', 'Address of its page in the shop.'],
      'image_url': ['text', 'Address of its picture, for mails.'],
      'sku': ['text', 'Its stock keeping unit, which systems may share where their products have different ids.'],
      'unit_cost': ['number', 'What one piece costs the shop, in currency; a margin needs it.'],
      'currency': ['text', 'Currency of price and cost, as three letters (EUR).'],
      'updated_at': ['time', 'When the row was last changed: of several rows the latest counts.'],
    },
  }) }}
{% endmacro %}
