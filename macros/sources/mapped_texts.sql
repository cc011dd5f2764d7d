{# The texts of an entry's columns, under our names, without the blanks around them: headers joined by a text, a constant, or words of
   the shop's own in ours. `line_total` is the amount of the whole line. #}
{% macro texts_of_entry(entry) %}
  {% set columns, joins = [], [] %}
  {% for name, text in entry['texts'].items() %}
    {% set joined = text['names'] | join(", ") %}
    {% if text['constant'] %}
      {% set value = sql_text(text['constant']) %}
    {% elif text['between'] == ' ' and text['names'] | length == 2 %}
      {# a day and its time: a spreadsheet writes midnight behind each day #}
      {% set value = "nullif(concat_ws(' ', regexp_replace(" ~ text['names'][0] ~ ", '[T ]00:00(:00([.]0+)?)?$', ''), " ~ text['names'][1] ~ "), '')" %}
    {% elif text['names'] | length > 1 %}
      {% set value = "nullif(concat_ws(" ~ sql_text(text['between']) ~ ", " ~ joined ~ "), '')" %}
    {% else %}
      {% set value = joined or 'cast(null as string)' %}
    {% endif %}
    {% set column = 'line_total' if name == 'unit_price' and entry['total'] else name %}
    {% do columns.append(words_of_shop(clean_text(value) if not text['constant'] else value, text['words']) ~ ' as ' ~ column) %}
  {% endfor %}
  {% for lookup in entry['lookups'] %}
    {% set rows = rows_of_files(lookup, lookup['names']) %}
    {% do joins.append('left join (select * exclude (row_number, row_defect) from ' ~ rows ~ ' as looked_up qualify row_number() over (partition by '
      ~ lookup['key'] ~ ' order by row_number desc) = 1) as ' ~ lookup['name'] ~ ' on raw_rows.' ~ lookup['by'] ~ ' = ' ~ lookup['name'] ~ '.' ~ lookup['key']) %}
  {% endfor %}
  {{ return('select row_number, ' ~ columns | join(',\n      ') ~ ', row_defect from ' ~ rows_of_files(entry, entry['names']) ~ ' as raw_rows ' ~ joins | join(' ')) }}
{% endmacro %}

{# A shop's own words in ours; others stay. words_of_shop('h1', {'weg': 'cancelled'}) -> case lower(h1) when 'weg' then 'cancelled' else h1 end #}
{% macro words_of_shop(text, words) %}
  {% set cases = [] %}
  {% for theirs, ours in words.items() %}
    {% do cases.append('when ' ~ sql_text(theirs) ~ ' then ' ~ sql_text(ours)) %}
  {% endfor %}
  {{ return('case lower(' ~ text ~ ') ' ~ cases | join(' ') ~ ' else ' ~ text ~ ' end' if cases else text) }}
{% endmacro %}
