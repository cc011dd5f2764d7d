{# Words as lists of them are compared: lower case, one blank between them: plain_words("'Paid_Social '") -> 'paid social' #}
{% macro plain_words(text) -%}
  nullif(trim({{ replace_all('lower(' ~ text ~ ')', '[ _+-]+', ' ') }}), '')
{%- endmacro %}

{# A text on who sent a visit in lower case, null where it says that it does not know. One with an address is nobody's business. #}
{% macro said_of_sender(text) -%}
  case
    when lower(trim({{ text }})) in (
      '', '-', '(direct)', 'direct', '(none)', 'none', '(not set)', '(not provided)', '(data deleted)', '<other>', 'null', 'undefined'
    ) then null
    when {{ has_at_sign(text) }} then '(withheld)'
    else lower(trim({{ text }}))
  end
{%- endmacro %}
