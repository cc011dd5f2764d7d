{# Every column of `cleaned` by its type, as `<column>_read` beside the text; texts alone stay what they are. A campaign is the whole
   shop's, so its id never bears the name of a source. #}
{% macro read_columns(table_name) %}
  {% set columns = [] %}
  {% for column, type in column_types(table_name).items() if type not in ['text', 'status'] %}
    {% set text, reading = 'cleaned.' ~ column, reading_of(column) %}
    {% set value = {
      'id': read_id(column, text, reading), 'time': read_time(text, reading), 'date': read_date(text, reading),
      'number': read_number(text, reading, number_type(column)), 'whole': read_whole(text), 'flag': read_flag(text), 'vector': read_vector(text),
      'hidden': hidden_text(column, text),
    }[type] %}
    {% if plain_value(column, type) %}
      {% set plain = text ~ '__plain' %}
      {% set is_plain = plain ~ ' is not null' ~ (' and ' ~ reading ~ ' is null' if type == 'number' else '') %}
      {% set value = 'case when ' ~ is_plain ~ ' then ' ~ (from_time_zone(plain) if type == 'time' else plain) ~ ' else ' ~ value ~ ' end' %}
    {% endif %}
    {% if type == 'id' and column != 'campaign_id' and sources() | length > 1 %}
      {% do columns.append(value ~ ' as ' ~ column ~ '_own') %}
      {% set value = qualified_id(column ~ '_own', names_other_sources(table_name)) %}
    {% endif %}
    {% do columns.append(value ~ ' as ' ~ column ~ '_read') %}
  {% endfor %}
  {{ return((columns + in_no_row(table_name)) | join(',\n        ')) }}
{% endmacro %}
