{% macro assignments_input() %}
  {{ return({
    'one_row': 'a customer whom another tool has drawn for a campaign, or for its holdout',
    'columns': {
      'campaign_id*': ['id', 'The campaign.'],
      'customer_id*': ['id', 'Who was drawn.'],
      'variant': ['text', 'Which form of it they get; empty in the holdout.'],
      'arm': ['text', 'One of `treatment` and `control`, the holdout, also as tools spell them; empty is treatment, but for a variant so called.'],
      'propensity': ['number', 'Probability with which they were drawn for this arm and variant, from 0 to 1 and not 0; empty where all had the same.'],
      'assigned_at': ['time', 'When they were drawn; empty at the start of the campaign.'],
    },
  }) }}
{% endmacro %}
