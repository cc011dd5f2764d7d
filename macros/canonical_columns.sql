{# The input tables: each column with its type, the required ones marked by `*`. Everything that needs the list asks here:
   sources, staging, the check of the raw input. A type says how the text of a column is read (macros/expressions/):
   id, text, time, date, number, whole, flag, status, vector. #}
{% macro canonical_tables() %}
  {{ return({
    'order_lines': 'order_id:id* product_id:id* ordered_at:time* customer_id:id line_number:whole quantity:number
      unit_price:number discount_amount:number order_status:status returned_at:time is_product:flag channel:text
      country:text product_name:text unit_cost:number currency:text',
    'events': 'occurred_at:time* event_type:text* visitor_id:id* event_id:id customer_id:id product_id:id order_id:id
      search_query:text platform:text user_agent:text page_url:text referrer:text value:number source_session_id:id
      quantity:number',
    'customers': 'customer_id:id* created_at:time email:text phone:text birth_date:date gender:text country:text city:text
      income_band:text marketing_consent:flag erased_at:time updated_at:time',
    'products': 'product_id:id* product_name:text description:text category:text brand:text price:number
      is_available:flag image_path:text unit_cost:number currency:text updated_at:time',
    'reviews': 'review_id:id* product_id:id* reviewed_at:time customer_id:id rating:number title:text review_text:text
      updated_at:time',
    'support_messages': 'message_id:id* sent_at:time* message_text:text* customer_id:id channel:text intent:text
      reply_text:text',
    'touches': 'touch_id:id* shown_at:time* customer_id:id* campaign_id:id variant:text product_id:id position:whole
      propensity:number clicked_at:time converted_at:time revenue:number satisfaction:number',
    'product_vectors': 'product_id:id* vector:vector',
    'identity_links': 'visitor_id:id* customer_id:id* linked_at:time',
    'exchange_rates': 'rate_date:date* currency:text* rate:number*',
  }) }}
{% endmacro %}
