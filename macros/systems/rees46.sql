{# The REES46 event log: one table, in all files of a folder. #}
{% macro rees46_raw_tables() %}
  {{ return({
    'event_log': {'files': '*', 'needed': true, 'columns': {
      'event_time*': 'event_time', 'event_type*': 'event_type', 'product_id*': 'product_id',
      'category_code': 'category_code', 'brand': 'brand', 'price': 'price', 'user_id*': 'user_id',
      'user_session': 'user_session',
    }},
  }) }}
{% endmacro %}
