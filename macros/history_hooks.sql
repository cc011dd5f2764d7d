{# Before a run writes its rows into a table of history: away with those that a run at the same as_of left there, so that
   a repeated run replaces them. Nothing on the first run. #}
{% macro forget_this_as_of() %}
  {%- if execute and load_relation(this) is not none -%}
    delete from {{ this }}
    where
      source_system = '{{ source_system() }}'
      and as_of = (select a.as_of from {{ ref('stg_as_of') }} as a)
  {%- endif -%}
{% endmacro %}

{# The same, and away with the rows before the latest earlier as_of: where only that one is ever compared with. #}
{% macro keep_the_latest_earlier_as_of() %}
  {%- if execute and load_relation(this) is not none -%}
    delete from {{ this }}
    where
      source_system = '{{ source_system() }}'
      and (
        as_of = (select a.as_of from {{ ref('stg_as_of') }} as a)
        or as_of < (
          select max(h.as_of)
          from {{ this }} as h
          inner join {{ ref('stg_as_of') }} as a on h.as_of < a.as_of
          where h.source_system = '{{ source_system() }}'
        )
      )
  {%- endif -%}
{% endmacro %}
