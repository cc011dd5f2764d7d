{% macro product_vectors_input() %}
  {{ return({
    'one_row': 'a product with its vector',
    'columns': {
      'product_id*': ['id', 'The product, as in orders and events.'],
      'vector': ['vector', 'Embedding of the product: as many numbers for each, near one another where products are alike.'],
    },
  }) }}
{% endmacro %}
