{# Text -> whole number, null where it is none: '7' and '7.0' (as pandas writes it) -> 7, '7.5' -> null #}
{% macro read_whole(column) -%}
  case
    when regexp_matches({{ column }}, '^[-+]?[0-9]{1,18}([.]0+)?$') then try_cast(split_part({{ column }}, '.', 1) as bigint)
  end
{%- endmacro %}

{# Text -> boolean in the spellings that exports use; null where it is none of them. #}
{% macro read_flag(column) -%}
  case
    {# short lists: a long one becomes a join, for which no row is left out #}
    when lower({{ column }}) in ('true', 't', 'yes', 'y') or lower({{ column }}) in ('1', '1.0', 'on') then true
    when lower({{ column }}) in ('false', 'f', 'no', 'n') or lower({{ column }}) in ('0', '0.0', 'off') then false
    {# in other languages, and as mail tools say who subscribed; a pattern, which only the rows that come so far pay for #}
    when regexp_matches(lower({{ column }}), '^(?:ja|j|oui|si|sí|sì|sim|tak|evet|subscribed|opt(?:ed)?[-_ ]?in)$') then true
    when regexp_matches(
      lower({{ column }}), '^(?:nein|nee|nej|nei|non|não|nao|nie|hayır|(?:un|not[-_ ]|never[-_ ])subscribed|opt(?:ed)?[-_ ]?out)$'
    ) then false
  end
{%- endmacro %}

{# Text -> list of numbers; null where it is not one: '[0.5, 1]' -> [0.5, 1.0] #}
{% macro read_vector(column) %}
  {{- return(adapter.dispatch('read_vector')(column)) -}}
{% endmacro %}

{% macro default__read_vector(column) -%}
  {#- null, nan and inf all have an n -#}
  case when not contains(lower({{ column }}), 'n') then try_cast({{ column }} as double[]) end
{%- endmacro %}
