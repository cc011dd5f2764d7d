{# A number of an entry's texts, by its decimal mark. mapped_number('quantity', entry) -> case … end #}
{% macro mapped_number(name, entry, type='decimal(18, 6)') %}
  {% if entry['decimal_mark'] %}
    {{ return('(' ~ read_number(name, entry['number_reading'], type) ~ ')') }}
  {% endif %}
  {{ return('(' ~ amount_of_text(name) ~ ')') }}
{% endmacro %}

{# A time of an entry's texts, in UTC where its zone is known, else on the clock that wrote it. #}
{% macro mapped_time(name, entry) %}
  {% set reading, local = entry['date_reading'], local_time_of_text(name, entry['date_reading']) %}
  {% set number = "try_cast(" ~ name ~ " as decimal(30, 9))" %}
  {% if entry['date_order'].startswith('days') %}
    {% set local = from_epoch_microseconds("cast(round((" ~ number ~ " - 25569) * 86400, 0) as bigint) * 1000000") %}
  {% elif 'since 1970' in entry['date_order'] %}
    {{ return(time_of_number(name, reading)) }}
  {% endif %}
  {% set here = first_turn(local, entry['time_zone']) if entry['time_zone'] else local %}
  {{ return("case when " ~ minutes_ahead(name) ~ " is null then " ~ here ~ " else " ~ local ~ " - " ~ minutes_ahead(name) ~ " * interval '1 minute' end") }}
{% endmacro %}

{# What the line was worth, what it was reduced by, and its pieces: of no amount no price, of no quantity one piece. #}
{% macro parts_of_total(entry) %}
  {% set amount = mapped_number('line_total', entry) if entry['total'] else 'null' %}
  {% set discount = 'coalesce(abs(' ~ mapped_number('discount_amount', entry) ~ '), 0)' if 'discount_amount' in entry['texts'] and not entry['discount'] else '0' %}
  {% set pieces = "case when quantity is null or not regexp_matches(quantity, '[0-9]') then 1 else " ~ mapped_number('quantity', entry) ~ " end" if 'quantity' in entry['texts'] else '1' %}
  {% set worth = 'cast(' ~ amount ~ ' as decimal(38, 6))' ~ (' + ' ~ discount if entry['total'] == 'total_after_discount' else '') %}
  {{ return({'worth': worth, 'discount': discount, 'pieces': 'cast(' ~ pieces ~ ' as decimal(18, 6))'}) }}
{% endmacro %}
