{# A number of an entry's texts, by its decimal mark. mapped_number('quantity', entry) -> case … end #}
{% macro mapped_number(name, entry, type='decimal(18, 6)') %}
  {% if entry['decimal_mark'] %}
    {{ return('(' ~ read_number(name, entry['number_reading'], type) ~ ')') }}
  {% endif %}
  {{ return('(' ~ amount_of_text(name) ~ ')') }}
{% endmacro %}

{# What a line was worth before its discount, what it was reduced by, and its pieces, for a select list; of no quantity one piece.
   Nothing where no column of the entry is made of them. #}
{% macro numbers_of_line(entry) %}
  {% set texts, columns = entry['texts'], [] %}
  {% if entry['total'] or entry['discount'] or entry['negative_quantity'] %}
    {% set pieces = "case when quantity is null or not regexp_matches(quantity, '[0-9]') then 1 else " ~ mapped_number('quantity', entry) ~ " end" if 'quantity' in texts else '1' %}
    {% do columns.append('cast(' ~ pieces ~ ' as decimal(18, 6)) as line_pieces') %}
  {% endif %}
  {% if entry['total'] or entry['discount'] %}
    {% set discount = 'coalesce(abs(' ~ mapped_number('discount_amount', entry) ~ '), 0)' if 'discount_amount' in texts and not entry['discount'] else '0' %}
    {% set worth = mapped_number('line_total', entry) if entry['total'] else mapped_number('unit_price', entry) if 'unit_price' in texts else 'null' %}
    {% do columns.append('cast(' ~ discount ~ ' as decimal(38, 6)) as line_discount') %}
    {% do columns.append('cast(' ~ worth ~ ' as decimal(38, 6))' ~ (' + ' ~ discount if entry['total'] == 'total_after_discount' else '') ~ ' as line_worth') %}
  {% endif %}
  {{ return(columns) }}
{% endmacro %}
