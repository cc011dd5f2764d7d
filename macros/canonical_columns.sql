{# The input tables and their columns as interface section 1 promises them; the required ones first, marked by `*`.
   Everything that needs the list asks here: source models, staging, and the check of the raw files. #}
{% macro canonical_tables() %}
  {{ return({
    'order_lines': 'order_id* product_id* ordered_at* customer_id line_number quantity unit_price discount_amount
      order_status returned_at is_product channel country product_name',
    'events': 'occurred_at* event_type* visitor_id* event_id customer_id product_id order_id search_query platform
      user_agent page_url referrer value source_session_id',
    'customers': 'customer_id* created_at email phone birth_date gender country city income_band marketing_consent
      erased_at',
    'products': 'product_id* product_name description category brand price is_available image_path',
    'reviews': 'review_id* product_id* reviewed_at customer_id rating title review_text',
    'support_messages': 'message_id* sent_at* message_text* customer_id channel intent reply_text',
    'touches': 'touch_id* shown_at* customer_id* campaign_id variant product_id position propensity clicked_at
      converted_at revenue satisfaction',
    'product_vectors': 'product_id* vector',
    'identity_links': 'visitor_id* customer_id* linked_at',
  }) }}
{% endmacro %}

{# canonical_columns('identity_links', 'v.') -> ['v.visitor_id', 'v.customer_id', 'v.linked_at'] #}
{% macro canonical_columns(table_name, prefix='') %}
  {% set columns = [] %}
  {% for column in canonical_tables()[table_name].replace('*', '').split() %}
    {% do columns.append(prefix ~ column) %}
  {% endfor %}
  {{ return(columns) }}
{% endmacro %}
