{# Rows that an earlier run left in a table that is looked up in the warehouse when the model runs, not a ref: what comes
   later in this run may so be read as it was before. A typed relation, empty where there is no such table yet; rows of
   this source only. earlier_rows('int_segment_history', {'segment_id': 'string', 'centre': 'double'}) #}
{% macro earlier_rows(model_name, columns) %}
  {%- set relation = adapter.get_relation(this.database, this.schema, model_name) if execute -%}
  {%- if relation -%}
    (select as_of, {{ columns | join(', ') }} from {{ relation }} where source_system = '{{ source_system() }}')
  {%- else -%}
    (
      select cast(null as timestamp) as as_of
        {%- for name, type in columns.items() %}, cast(null as {{ type }}) as {{ name }}{% endfor %}
      where false
    )
  {%- endif -%}
{% endmacro %}

{# Before a run writes its rows into a table of history: away with those that a run at the same as_of left there, so that
   a repeated run replaces them. Nothing on the first run. #}
{% macro forget_this_as_of() %}
  {%- if execute and load_relation(this) is not none -%}
    delete from {{ this }}
    where
      source_system = '{{ source_system() }}'
      and as_of = (select a.as_of from {{ ref('int_as_of') }} as a)
  {%- endif -%}
{% endmacro %}

{# The same, and away with the rows before the latest earlier as_of: where only that one is ever compared with. #}
{% macro keep_the_latest_earlier_as_of() %}
  {%- if execute and load_relation(this) is not none -%}
    delete from {{ this }}
    where
      source_system = '{{ source_system() }}'
      and (
        as_of = (select a.as_of from {{ ref('int_as_of') }} as a)
        or as_of < (
          select max(h.as_of)
          from {{ this }} as h
          inner join {{ ref('int_as_of') }} as a on h.as_of < a.as_of
          where h.source_system = '{{ source_system() }}'
        )
      )
  {%- endif -%}
{% endmacro %}
