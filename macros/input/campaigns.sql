{% macro campaigns_input() %}
  {{ return({
    'one_row': 'a campaign',
    'columns': {
      'campaign_id*': ['id', 'The campaign, as in touches and assignments.'],
      'campaign_name': ['text', 'What it is called.'],
      'channel': ['text', 'Where people meet it: `email`, `sms`, `ads`, `web`, `app`; web and app need no consent to marketing.'],
      'audience': ['text', 'Whom it is for: a name of the table audience_sizes, or `all`; empty where another tool draws them.'],
      'offer': ['text', 'What it offers, in words.'],
      'variants': ['text', 'Names of its forms with a vertical bar between them, each with its weight after a colon where they differ.'],
      'starts_at': ['time', 'When it begins; a day before it is drawn who gets it and who does not.'],
      'ends_at': ['time', 'When it ends; empty where attribution_days after its start.'],
      'cost': ['number', 'What it costs in all besides the cost of its touches, in the reporting currency; not below zero.'],
      'holdout_share': ['number', 'Share of the audience that is left alone to compare with, from 0 to 1 and at most nine tenths; empty as the setting says.'],
      'success_metric': ['text', 'What it is judged by: conversion, orders, revenue, margin, profit or visits; conversion where it is empty.'],
      'attribution_days': ['whole', 'Days in which what people do counts as its result, from 1 to 366; empty as the setting says.'],
    },
  }) }}
{% endmacro %}
