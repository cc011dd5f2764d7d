{# Types whose texts can be read in several ways, so that a column has to be looked at as a whole. #}
{% macro readable_types() %}
  {{ return(['time', 'date', 'number', 'id']) }}
{% endmacro %}

{# For each such column the way that each text allows, as `<column>__way`, and of times what plain numbers come to, for a select
   list: ways_of_texts('identity_links') -> case … end as visitor_id__way, … #}
{% macro ways_of_texts(table_name) %}
  {% set ways = [] %}
  {% for column, type in column_types(table_name).items() if type in readable_types() %}
    {% do ways.append(way_of_text(column, type) ~ ' as ' ~ column ~ '__way') %}
    {% do ways.append(column) %}
  {% endfor %}
  {{ return(ways | join(',\n            ')) }}
{% endmacro %}

{# How often each way was met, in one pass: seven measures of a column, `<column>__<measure>`. `ways`: where they are, with a dot. #}
{% macro measures_of_columns(table_name, ways='') %}
  {% set measures = [] %}
  {% for column, type in column_types(table_name).items() if type in readable_types() %}
    {% set text = ways ~ column %}
    {# every time has a digit but 0, and no word for nothing has one #}
    {% set filled = "count_if(regexp_matches(%s, '[1-9]'))" if column in all_or_none(table_name) else 'count(%s)' %}
    {% do measures.append('coalesce(' ~ filled % text ~ ', 0) as ' ~ column ~ '__filled') %}
    {# an id has two ways, a number three: the others of these are never met, so nobody looks for them #}
    {% for way in range(1, 6) %}
      {% set count = 'coalesce(count_if(' ~ text ~ '__way = ' ~ way ~ '), 0)' if way <= {'id': 2, 'number': 3}.get(type, 5) else '0' %}
      {% do measures.append(count ~ ' as ' ~ column ~ '__way_' ~ way) %}
    {% endfor %}
    {% set number = "case when " ~ text ~ "__way = 4 then try_cast(" ~ text ~ " as double) end" %}
    {% do measures.append('max(' ~ (number if type in ['time', 'date'] else 'cast(null as double)') ~ ') as ' ~ column ~ '__largest') %}
  {% endfor %}
  {{ return(measures | join(',\n        ')) }}
{% endmacro %}
