{# Stops the build after a table was cast, where more of its rows were refused than the setting max_rejected_share allows: what comes
   after is not built, and what readers see stays what it was. The sentence says why the rows were refused, with an example.
   A post-hook of every model in staging; of the others it asks nothing. #}
{% macro stop_if_refused() %}
  {% set table_name = this.identifier | replace('stg_', '') | replace('__typed', '') %}
  {% if execute and this.identifier.endswith('__typed') and flags.WHICH in ['build', 'run'] and not flags.EMPTY %}
    {% set counts = run_query('select count(*), count(reject_reason) from ' ~ this).rows[0] %}
    {% if counts[1] > var('max_rejected_share') * counts[0] %}
      {% set reasons = run_query(
        'select reject_reason, count(*), min(row_number) from ' ~ this ~ ' where reject_reason is not null '
        ~ 'group by 1 order by 2 desc nulls last, 1 asc nulls last limit 3'
      ).rows %}
      {% set told = [] %}
      {% for reason in reasons %}
        {% set column = reason[0].split(' ')[0] %}
        {% set value = run_query('select ' ~ column ~ ' from ' ~ ref('src_' ~ table_name) ~ ' where row_number = ' ~ reason[2]).rows[0][0]
          if column in canonical_columns(table_name) and not reason[0].endswith('is missing') else none %}
        {% do told.append("%s of them because %s (%s%s)" % (reason[1], reason[0], "`" ~ value ~ "` in row " if value else 'row ', reason[2])) %}
      {% endfor %}
      {% do exceptions.raise_compiler_error(
        table_name ~ ': ' ~ counts[1] ~ ' of ' ~ counts[0] ~ ' rows were refused, ' ~ told | join(', ') ~ '. Nothing was built from '
        ~ 'them or published. `customer-insight check` shows how each column is read; mend the export, or let the setting '
        ~ 'max_rejected_share (now ' ~ var('max_rejected_share') ~ ') allow for it.'
      ) %}
    {% endif %}
  {% endif %}
{% endmacro %}
