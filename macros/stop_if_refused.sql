{# Stops the build after a table was cast, where more of a source's rows were refused than the setting max_rejected_share allows: what
   comes after is not built, and what readers see stays what it was. The sentence says why the rows were refused, with an example.
   A post-hook of every model in staging; of the others it asks nothing. #}
{% macro stop_if_refused() %}
  {% set table_name = this.identifier | replace('stg_', '') | replace('__typed', '') %}
  {% if execute and this.identifier.endswith('__typed') and flags.WHICH in ['build', 'run'] and not flags.EMPTY %}
    {% set counts = run_query('select ' ~ source_of_rows() ~ ', count(*), count(reject_reason) from ' ~ this ~ ' ' ~ by_source() ~ ' order by 1').rows %}
    {% for source, rows, refused in counts if refused > var('max_rejected_share') * rows %}
      {% do exceptions.raise_compiler_error(
        (source ~ ': ' if sources() | length > 1 else '') ~ table_name ~ ': ' ~ refused ~ ' of ' ~ rows ~ ' rows were refused, '
        ~ reasons_of_refusals(table_name, source) | join(', ') ~ '. Nothing was built from '
        ~ 'them or published. `customer-insight check` shows how each column is read; mend the export, or let the setting '
        ~ 'max_rejected_share (now ' ~ var('max_rejected_share') ~ ') allow for it.'
      ) %}
    {% endfor %}
  {% endif %}
{% endmacro %}

{# The most frequent reasons, each with its rows and an example. #}
{% macro reasons_of_refusals(table_name, source) %}
  {% set told = [] %}
  {% set of_source = 'source_name = ' ~ sql_text(source) if sources() | length > 1 else 'true' %}
  {% for reason, rows, first_row in run_query(
    'select reject_reason, count(*), min(row_number) from ' ~ this ~ ' where reject_reason is not null and ' ~ of_source
    ~ ' group by 1 order by 2 desc nulls last, 1 asc nulls last limit 3'
  ).rows %}
    {% set column = reason.split(' ')[0] %}
    {% set value = run_query('select ' ~ column ~ ' from ' ~ ref('src_' ~ table_name) ~ ' where row_number = ' ~ first_row).rows[0][0]
      if column in canonical_columns(table_name) and not reason.endswith('is missing') else none %}
    {% set row = 'row ' ~ (first_row % rows_of_a_source()) %}
    {% do told.append("%s of them because %s (%s)" % (rows, reason, "`" ~ value ~ "` in " ~ row if value else row)) %}
  {% endfor %}
  {{ return(told) }}
{% endmacro %}
