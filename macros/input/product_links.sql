{% macro product_links_input() %}
  {{ return({
    'one_row': 'a product of a source that is the same as another product',
    'columns': {
      'source_system*': ['text', 'The source that the product is of, as it is called in the setting: `square`, `shopify:uk`.'],
      'source_product_id*': ['id', 'Its id there.'],
      'product_id*': ['id', 'The product that it is, and as which both are known; of another source with its name before it (`shopify:MUG-1`).'],
    },
  }) }}
{% endmacro %}
