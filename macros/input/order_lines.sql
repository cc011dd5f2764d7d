{% macro order_lines_input() %}
  {{ return({
    'one_row': 'a product in an order',
    'all_or_none': ['ordered_at'],
    'columns': {
      'order_id*': ['id', 'The order; all its lines have it.'],
      'product_id*': ['id', 'What was bought.'],
      'ordered_at*': ['time', 'When the order was placed; where no row has it, what needs time is empty.'],
      'customer_id': ['id', 'Who bought; empty where nobody knows.'],
      'line_number': ['whole', 'Place of the line in its order, which tells it from an equal one.'],
      'quantity': ['number', 'Pieces, or kilograms and the like; 1 where it is empty, below zero only if order_status is `returned` or `cancelled`.'],
      'unit_price': ['number', 'Price of one piece before the discount, in currency.'],
      'discount_amount': ['number', 'What the whole line was reduced by, in currency, not below zero; 0 where it is empty.'],
      'order_status': ['status', 'State of the line; `completed` where it is empty.'],
      'returned_at': ['time', 'When the goods came back; empty where they did not.'],
      'is_product': ['flag', 'False for postage, fees and vouchers; true where it is empty.'],
      'channel': ['text', 'Where it was sold: web, app, a shop.'],
      'country': ['text', 'Where it was sent to: a code of two letters or a name.'],
      'product_name': ['text', 'Name of the product on this line.'],
      'sku': ['text', 'The stock keeping unit of what was bought, which systems may share where their products have different ids.'],
      'unit_cost': ['number', 'What one piece cost the shop, in currency; a margin needs it.'],
      'currency': ['text', 'Currency of the amounts of the line, as three letters (EUR).'],
      'coupon_code': ['text', 'The code that was entered for the order; of several any one.'],
      'shipping_address': ['hidden', 'Street, number and postal code that the order was sent to.'],
      'payment_name': ['hidden', 'Name of whoever paid: of the card, the account or the invoice.'],
    },
  }) }}
{% endmacro %}
