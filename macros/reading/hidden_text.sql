{# A keyed hash of a text that tells who somebody is: of an address or a name the same however it is written, of anything else
   of its letters. What is a hash already stays. Needs words_of_addresses() joined as `short`.
   hidden_text('shipping_address', 'x') on '12 Main Street' and 'MAIN ST. 12' -> one text that begins with 'hidden-' #}
{% macro hidden_text(column, text) -%}
  {%- set plain = {'shipping_address': address_key(text, 'short.of_addresses'), 'payment_name': address_key(text, 'short.of_names', false)}
      .get(column, 'lower(' ~ text ~ ')') -%}
  case
    when {{ text }} is null or regexp_matches({{ text }}, '^hidden-[0-9a-f]{32}$') then {{ text }}
    else 'hidden-' || substr({{ sha256_hex(id_key() ~ " || ':" ~ column ~ ":' || " ~ sha256_hex(id_key() ~ " || ':" ~ column ~ ":' || " ~ plain)) }}, 1, 32)
  end
{%- endmacro %}

{# The words of an address or a name in small letters, without accents and punctuation, in short forms and sorted. #}
{% macro address_key(text, words, has_street=true) %}
  {{- return(adapter.dispatch('address_key')(text, words, has_street)) -}}
{% endmacro %}

{% macro default__address_key(text, words, has_street) -%}
  {%- set letters = "strip_accents(lower(replace(replace(replace(nfc_normalize(" ~ text ~ "), 'ß', 'ss'), '''', ''), '’', '')))" -%}
  {# umlauts are written as vowels, too; a street may be one word with its name; 12 a is 12a; so are British postal codes #}
  {%- set letters = replace_all(letters, '([aou])e([a-z])', '\\1\\2') -%}
  {%- set letters = replace_all(letters, '[^\\p{L}\\p{N}]+', ' ') -%}
  {%- if has_street -%}
  {%- set letters = replace_all(letters, '(strasse|straat|str)( |$)', ' str ') -%}
  {%- set letters = replace_all(letters, '([0-9]) ([a-z])( |$)', '\\1\\2 ') -%}
  {%- set letters = replace_all(letters, '([a-z][0-9][a-z0-9]?) ([0-9][a-z][a-z])( |$)', '\\1\\2 ') -%}
  {%- endif -%}
  array_to_string(list_sort(list_filter(
    list_transform(string_split({{ letters }}, ' '), lambda word: coalesce(map_extract_value({{ words }}, word), word)),
    lambda word: word <> '')), ' ')
{%- endmacro %}
