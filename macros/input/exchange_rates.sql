{% macro exchange_rates_input() %}
  {{ return({
    'one_row': 'a currency on a day',
    'columns': {
      'rate_date*': ['date', 'The day; a rate holds for the 7 days after it, too.'],
      'currency*': ['text', 'The currency, as three letters (EUR).'],
      'rate*': ['number', 'What one unit of it was worth, in units of the reporting currency; above zero.'],
    },
  }) }}
{% endmacro %}
