{# Whether a text lists forms of a campaign: are_variants('variants') on 'A|B', 'A:2|B:1' -> true, on 'A|', 'A:0|B', 'A|A' -> false #}
{% macro are_variants(column) -%}
  coalesce(
    regexp_extract({{ column }}, '^ *[^|: ][^|:]*(: *[1-9][0-9]{0,5} *)?([|] *[^|: ][^|:]*(: *[1-9][0-9]{0,5} *)?)*$', 0) = {{ column }}
    and cardinality({{ variant_names(column) }}) = cardinality(array_distinct({{ variant_names(column) }})),
    true
  )
{%- endmacro %}

{# The names in such a text, as a list, in order: variant_names('variants') on 'A:2|B:1' -> ['A', 'B'] #}
{% macro variant_names(column) -%}
  split({{ replace_all(replace_all(column, ' *: *[0-9]+ *', ''), ' *[|] *', '|') }}, '|')
{%- endmacro %}

{# The weight behind a name: whole_number_after_colon("'A: 2'") -> 2, of 'A' null. #}
{% macro whole_number_after_colon(entry) -%}
  cast(nullif(regexp_extract({{ entry }}, ': *([0-9]+)', 1), '') as int)
{%- endmacro %}

{# Whether one of such names is a word for those who are left alone: names_a_holdout('variants') on 'A|control' -> true #}
{% macro names_a_holdout(column) -%}
  coalesce(
    {% for word in words_for_holdouts() %}array_contains({{ variant_names('lower(' ~ column ~ ')') }}, '{{ word }}'){{ ' or ' if not loop.last }}{% endfor %},
    false
  )
{%- endmacro %}
