{# The e-mail address that a text is, in lower case; null where it is none, or more than one. What mail programs put around
   an address goes; an address itself is never mended.
   email_address('email') on 'Anna <Anna@Example.com>', 'mailto:anna@example.com', ' anna@example.com; ' -> 'anna@example.com',
   on 'a b@c.de', 'anna@example..com', 'a@b.de, c@d.de', 'anna@shop.invalid' -> null #}
{% macro email_address(column) -%}
  {%- set blanks = [9, 10, 13, 160, 8203, 8288, 65279] -%}
  {%- set text -%}
  translate(lower({{ column }}), {% for blank in blanks %}chr({{ blank }}){{ ' || ' if not loop.last }}{% endfor %}, '{{ ' ' * blanks | length }}')
  {%- endset -%}
  {%- set word = "[a-z0-9!#$%&''*+/=?^_~-]+" -%}
  {%- set label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?" -%}
  {%- set address = word ~ "(?:[.]" ~ word ~ ")*@(?:" ~ label ~ "[.])+(?:[a-z]{2,63}|xn--[a-z0-9-]+)" -%}
  {%- set found = "regexp_extract(" ~ text ~ ", '^(?:[^<>@]*<)?[ \"'']*(?:mailto:)?(" ~ address ~ ")(?:[?][^@]*)?[ \"''.,;>]*$', 1)" -%}
  case
    when {{ column }} like '%@%'
      and length({{ found }}) between 6 and 254
      and length(split_part({{ found }}, '@', 1)) <= 64
      -- names that no mail ever reaches (RFC 2606)
      and length(regexp_extract({{ found }}, '[.](?:invalid|test|localhost|local|example)$', 0)) = 0
      then {{ found }}
  end
{%- endmacro %}
