{# The folder that Olist published of its marketplaces in Brazil, in files called as there. #}
{% macro olist_raw_tables() %}
  {{ return({
    'orders': {'files': 'olist_orders_dataset|orders', 'needed': true, 'with': ['order_items', 'customers'], 'columns': {
      'order_id*': 'order_id', 'customer_id*': 'customer_id', 'order_status': 'order_status',
      'purchased_at*': 'order_purchase_timestamp',
    }},
    'order_items': {'files': 'olist_order_items_dataset|order_items', 'needed': true, 'with': ['orders'], 'columns': {
      'order_id*': 'order_id', 'order_item_id*': 'order_item_id', 'product_id*': 'product_id', 'price*': 'price',
    }},
    'customers': {'files': 'olist_customers_dataset|customers', 'columns': {
      'customer_id*': 'customer_id', 'customer_unique_id*': 'customer_unique_id', 'city': 'customer_city',
    }},
    'products': {'files': 'olist_products_dataset|products', 'columns': {
      'product_id*': 'product_id', 'category*': 'product_category_name',
    }},
    'translations': {'files': 'product_category_name_translation', 'columns': {
      'category*': 'product_category_name', 'english*': 'product_category_name_english',
    }},
    'reviews': {'files': 'olist_order_reviews_dataset|order_reviews', 'columns': {
      'review_id': 'review_id', 'order_id*': 'order_id', 'review_score': 'review_score',
      'title': 'review_comment_title', 'message': 'review_comment_message', 'answered_at*': 'review_answer_timestamp',
    }},
  }) }}
{% endmacro %}

{# Its times bear no zone; its papers say whose they are. #}
{% macro olist_time_zone() %}
  {{ return('America/Sao_Paulo') }}
{% endmacro %}
