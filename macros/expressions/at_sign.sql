{# Whether the sign of an e-mail address is in a text in any way of writing it: as such, as web addresses have it, full width. #}
{% macro has_at_sign(column) -%}
  (contains({{ column }}, '@') or contains({{ column }}, '%40') or contains({{ column }}, '＠'))
{%- endmacro %}

{# A text with the sign itself in their place, composed letters, and without characters that have no width:
   one_at_sign('id') on 'anna%40example.com', 'anna＠example.com' -> 'anna@example.com' #}
{% macro one_at_sign(column) -%}
  {{ composed("replace(translate(" ~ column ~ ", '＠' || chr(8203) || chr(8288) || chr(65279), '@'), '%40', '@')") }}
{%- endmacro %}

{# A text whose letters with marks are one character each (NFC), as most systems write them. #}
{% macro composed(text) %}
  {{- return(adapter.dispatch('composed')(text)) -}}
{% endmacro %}

{% macro default__composed(text) -%}
  nfc_normalize({{ text }})
{%- endmacro %}
