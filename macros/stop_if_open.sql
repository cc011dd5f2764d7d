{# Stops the build where nothing decides how a column is read: a guess would be wrong without a word. A post-hook of
   every model in staging; of others than stg_column_readings it asks nothing. #}
{% macro stop_if_open() %}
  {% if execute and this.identifier == 'stg_column_readings' and flags.WHICH in ['build', 'run'] %}
    {% set open = run_query('select source_table, column_name, column_type, source_name from ' ~ this ~ ' where is_open order by 4, 1, 2').rows %}
    {% set told = [] %}
    {% for column in open %}
      {% set source = column[3] ~ ': ' if sources() | length > 1 else '' %}
      {% do told.append(source ~ column[0] ~ '.' ~ column[1] ~ ': ' ~ (
        'nothing decides whether 1,234 is a thousand or one and a bit; say --set decimal_mark=point or --set decimal_mark=comma'
        if column[2] == 'number' else
        'nothing decides whether 03/04/2024 is in March or in April; say --set date_order=day_first or --set date_order=month_first'
      )) %}
    {% endfor %}
    {% if told %}
      {% do exceptions.raise_compiler_error(told | join('\n')) %}
    {% endif %}
  {% endif %}
{% endmacro %}
