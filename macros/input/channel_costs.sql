{% macro channel_costs_input() %}
  {{ return({
    'one_row': 'what was spent on a channel on a day',
    'columns': {
      'cost_date*': ['date', 'The day of the shop on which it was spent.'],
      'channel*': ['text', 'On which channel: a name of the seed `channel_rules`, or one that `channel_words` lists (Google Ads).'],
      'cost*': ['number', 'What was spent, in its currency, not below zero; of several rows for a day, channel and campaign the last counts.'],
      'currency': ['text', 'Its currency, as three letters (EUR); that of the shop where it is empty.'],
      'campaign_name': ['text', 'On which campaign, where a day has several rows of a channel; they are added up.'],
    },
  }) }}
{% endmacro %}
