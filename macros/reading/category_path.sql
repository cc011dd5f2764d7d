{# A category as a path with `/` between its levels: 'Home > Kitchen', 'Home / Kitchen' and 'Home/Kitchen' are one. Where levels
   are divided by `>`, a `/` belongs to a name, and becomes a `-`. category_path('category') on 'Cups / Mugs > Tea' -> 'Cups - Mugs/Tea' #}
{% macro category_path(column) -%}
  case
    when regexp_matches({{ column }}, ' ?> ?')
      then {{ replace_all(replace_all(column, ' */ *', ' - '), ' *> *', '/') }}
    else {{ replace_all(column, ' */ *', '/') }}
  end
{%- endmacro %}
