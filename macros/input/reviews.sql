{% macro reviews_input() %}
  {{ return({
    'one_row': 'a review',
    'columns': {
      'review_id*': ['id', 'The review.'],
      'product_id*': ['id', 'What is reviewed.'],
      'reviewed_at': ['time', 'When it was written.'],
      'customer_id': ['id', 'Who wrote it.'],
      'rating': ['number', 'Stars, from 1 to 5.'],
      'title': ['text', 'Title of the review.'],
      'review_text': ['text', 'What was written.'],
      'updated_at': ['time', 'When the row was last changed: of several rows the latest counts.'],
    },
  }) }}
{% endmacro %}
