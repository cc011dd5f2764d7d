{% macro touches_input() %}
  {{ return({
    'one_row': 'one thing shown to one person',
    'columns': {
      'touch_id*': ['id', 'The touch.'],
      'shown_at*': ['time', 'When it was shown.'],
      'customer_id': ['id', 'Who saw it; empty where only the visitor is known.'],
      'visitor_id': ['id', 'The browser or device that showed it, as in events.'],
      'campaign_id': ['id', 'The campaign that showed it.'],
      'variant': ['text', 'Which form of it was shown, where several are compared.'],
      'product_id': ['id', 'The product that was shown.'],
      'position': ['whole', 'Its place in the list or mail, 1 for the first.'],
      'propensity': ['number', 'Probability with which the sender had chosen this product, from 0 to 1 and not 0.'],
      'clicked_at': ['time', 'When it was clicked; empty where it was not.'],
      'converted_at': ['time', 'When the purchase came of it; empty where none did.'],
      'revenue': ['number', 'What that purchase brought, in the currency of the shop, not below zero.'],
      'unsubscribed_at': ['time', 'When the person, because of it, asked for no more.'],
      'cost': ['number', 'What showing it cost, in the reporting currency, not below zero.'],
      'strategy': ['text', 'By which strategy the product was chosen, as recommendations name it.'],
      'satisfaction': ['number', 'What the person said of it, from 1 to 5.'],
    },
  }) }}
{% endmacro %}
