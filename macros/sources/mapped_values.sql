{# One column of an entry's texts as the mapping says it is read. A text that cannot be read so says that, so that nothing else
   takes it for something: 'not day_first: 12/31/2024'. mapped_value('ordered_at', 'time', entry) -> case … end #}
{% macro mapped_value(name, type, entry) %}
  {% set has, is_total = name in entry['texts'], entry['total'] and 'unit_price' in entry['texts'] %}
  {% if name == 'unit_price' and is_total %}
    {{ return(price_of_total()) }}
  {% elif name == 'discount_amount' and has and entry['discount'] %}
    {{ return(discount_of_share(entry)) }}
  {% elif name == 'discount_amount' and is_total %}
    {{ return(discount_of_total(has, entry)) }}
  {% elif name == 'order_status' and entry['negative_quantity'] and 'quantity' in entry['texts'] %}
    {{ return("case when line_pieces < 0 then " ~ sql_text(entry['negative_quantity']) ~ " else "
              ~ ('order_status' if has and entry['texts'][name]['names'] else 'cast(null as string)') ~ " end") }}
  {% elif not has %}
    {{ return('cast(null as string)') }}
  {% elif type == 'number' and entry['texts'][name]['kind'] == 'cents' %}
    {{ return(or_as_it_is(name, 'cast(cast(cast(' ~ mapped_number(name, entry) ~ ' as decimal(38, 6)) / 100 as decimal(38, 6)) as string)', 'not an amount')) }}
  {% elif type == 'number' and entry['decimal_mark'] %}
    {{ return(or_as_it_is(name, 'cast(' ~ mapped_number(name, entry, number_type(name)) ~ ' as string)', 'not with a decimal ' ~ entry['decimal_mark'])) }}
  {% elif type == 'date' and entry['date_order'] %}
    {{ return(or_as_it_is(name, 'cast(' ~ read_date(name, entry['date_reading']) ~ ' as string)', 'not ' ~ entry['date_order'])) }}
  {% elif type == 'time' and (entry['date_order'] or entry['time_zone']) %}
    {{ return(or_as_it_is(name, mapped_time(name, entry), 'not ' ~ (entry['date_order'] or 'a time'))) }}
  {% endif %}
  {{ return(name) }}
{% endmacro %}

{# What was read of a text; a text without a digit as it is, for words for nothing are nothing; others with what they are not. #}
{% macro or_as_it_is(text, value, what) %}
  {{ return("case when " ~ text ~ " is null or not regexp_matches(" ~ text ~ ", '[1-9]') then " ~ text ~ " else coalesce(" ~ value ~ ", '"
            ~ what ~ ": ' || " ~ text ~ ") end") }}
{% endmacro %}
