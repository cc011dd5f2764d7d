{% macro identity_links_input() %}
  {{ return({
    'one_row': 'a link between a visitor and a customer',
    'columns': {
      'visitor_id*': ['id', 'The browser or device, as in events.'],
      'customer_id*': ['id', 'Who was seen to use it.'],
      'linked_at': ['time', 'When that was seen first.'],
    },
  }) }}
{% endmacro %}
