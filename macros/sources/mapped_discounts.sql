{# A discount that is a share of what the line was worth, as an amount: 20 % of 3 pieces at 10.00 -> 6.000000. A text that is no number
   says so. discount_of_share(entry) -> case … end #}
{% macro discount_of_share(entry) %}
  {% set number = "replace(replace(discount_amount, '%', ''), ' ', '')" %}
  {% set share = 'cast(' ~ (read_number(number, entry['number_reading']) if entry['decimal_mark'] else amount_of_text(number)) ~ ' as decimal(18, 6))' %}
  {% set worth = 'line_worth' if entry['total'] else product_of('line_pieces', 'line_worth') %}
  {% set value = 'cast(cast(abs(' ~ worth ~ ') * ' ~ share ~ (' / 100' if entry['discount'] == 'percent' else '') ~ ' as decimal(38, 6)) as string)' %}
  {{ return(or_as_it_is('discount_amount', value, 'not a share')) }}
{% endmacro %}
