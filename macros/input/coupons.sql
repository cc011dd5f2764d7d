{% macro coupons_input() %}
  {{ return({
    'one_row': 'a use of a coupon',
    'columns': {
      'coupon_code*': ['text', 'The code, as it was entered.'],
      'customer_id': ['id', 'Who used it; where it is empty, the customer of the order.'],
      'order_id': ['id', 'The order for which it was used.'],
      'used_at': ['time', 'When it was used; where it is empty, when the order was placed.'],
    },
  }) }}
{% endmacro %}
