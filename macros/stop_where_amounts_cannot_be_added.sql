{# Stops the run, in one sentence, where amounts are in currencies that cannot be added up: nobody said which of several the
   figures are in, or there is no rate for a day. The hook of the first model that converts; nothing when models are only
   compiled or tested. #}
{% macro stop_where_amounts_cannot_be_added() %}
  {% if not execute or flags.WHICH not in ['build', 'run'] %}
    {{ return('') }}
  {% endif %}
  {% set rows = run_query(
    'select source_table, currency, reporting_currency, amounts, example_id, example_needed_on from '
    ~ ref('int_unconverted_amounts') ~ ' order by 1, 2'
  ).rows %}
  {% if not rows %}
    {{ return('') }}
  {% endif %}
  {% set found = [] %}
  {% for table, currency, _, amounts, id, day in rows %}
    {% set what, one = {'order_lines': ('order lines', 'order'), 'channel_costs': ('costs of channels', 'channel')}.get(table, ('products', 'product')) %}
    {% do found.append(currency ~ ' (' ~ what ~ ': ' ~ amounts ~ ', first ' ~ one ~ ' ' ~ id ~ (' on ' ~ day if day else '') ~ ')') %}
  {% endfor %}
  {% set reporting = rows[0][2] %}
  {% set rates = 'exchange_rates.csv (rate_date,currency,rate: what one unit of the currency was worth in '
    ~ (reporting or 'the reporting one') ~ '; a rate holds for the 7 days after it)' %}
  {% if rows | selectattr(5, 'none') | list %}
    {% set sentence = 'Amounts are in several currencies: ' ~ found | join(', ') ~ '. A rate is one of a day, and there are no dates: '
      ~ 'write all amounts in one currency.' %}
  {% elif reporting %}
    {% set sentence = 'Figures are in ' ~ reporting ~ ', and there is no rate for ' ~ found | join(', ')
      ~ '. Give the rates of these days in ' ~ rates ~ ', or another currency with --set reporting_currency.' %}
  {% else %}
    {% set sentence = 'Amounts are in several currencies, which cannot be added up: ' ~ found | join(', ')
      ~ '. Say which one the figures are in with --set reporting_currency=' ~ rows[0][1]
      ~ ', for instance, and give the rates of the others in ' ~ rates ~ '.' %}
  {% endif %}
  {% do exceptions.raise_compiler_error(sentence) %}
{% endmacro %}
