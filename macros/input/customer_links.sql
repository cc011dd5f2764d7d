{% macro customer_links_input() %}
  {{ return({
    'one_row': 'a link between two customers who are one person',
    'columns': {
      'customer_id*': ['id', 'One of them; of another source with its name before it (`square:C7`).'],
      'same_as_customer_id*': ['id', 'The other; of another source with its name before it.'],
      'linked_at': ['time', 'Since when that is known; empty where it always was.'],
      'evidence': ['text', 'Who or what says so, in words; published, so no names or addresses.'],
    },
  }) }}
{% endmacro %}
