{% macro events_input() %}
  {{ return({
    'one_row': 'a behaviour event',
    'columns': {
      'occurred_at*': ['time', 'When it happened.'],
      'event_type*': ['text', 'What happened: `view`, `search`, `click`, `add_to_cart`, `remove_from_cart`, `purchase` or `rate`; others stay as they are.'],
      'visitor_id*': ['id', 'The browser or device: an id that a cookie or an app keeps.'],
      'event_id': ['id', 'The event; two rows with one id are one event.'],
      'customer_id': ['id', 'Who was logged in.'],
      'product_id': ['id', 'What was looked at, put into the cart or bought.'],
      'order_id': ['id', 'The order of a purchase.'],
      'search_query': ['text', 'What was searched for.'],
      'platform': ['text', 'Where it happened: web, app, a shop.'],
      'user_agent': ['text', 'What the browser calls itself, which tells bots.'],
      'page_url': ['text', 'Address of the page.'],
      'referrer': ['text', 'Address of the page before it.'],
      'value': ['number', 'What was paid for the whole quantity, in the currency of the shop; not below zero in a purchase.'],
      'source_session_id': ['id', 'The visit as the tracker counts it, kept beside our own.'],
      'quantity': ['number', 'Pieces, above zero; 1 where it is empty.'],
      'campaign_source': ['text', 'Who sent the visit, as the link says: `utm_source`; what is empty is read from `page_url`.'],
      'campaign_medium': ['text', 'By what kind of link: `utm_medium`; likewise.'],
      'campaign_name': ['text', 'For which campaign: `utm_campaign`; likewise.'],
      'device_id': ['hidden', 'The device itself, where the tracker knows it: it stays when cookies are cleared.'],
    },
  }) }}
{% endmacro %}
