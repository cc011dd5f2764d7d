{# The host of a web address, of an app's package or of a host alone, in lower case without port; null where there is none with a dot.
   host_of("'HTTPS://WWW.Google.com:443/x'"), "'android-app://com.google.android.gm/'", "'/cart'" -> 'www.google.com', 'com.google.android.gm', null #}
{% macro host_of(address) -%}
  nullif(lower(regexp_extract(
    {{ address }},
    '^ *(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#@]*@)?)?([^/?#:@ ]+[.][^/?#:@ .]+)[.]?(?:[/?#: ]|$)', 1
  )), '')
{%- endmacro %}

{# The part of a host that one owner has, as far as it can be told without the list of public suffixes:
   owned_domain("'www.shop.co.uk'") -> 'shop.co.uk' #}
{% macro owned_domain(host) -%}
  coalesce(nullif(regexp_extract({{ host }}, '([^.]+[.](?:(?:com?|org|net|ne|or|gov|edu|ac)[.])?[^.0-9]{2,})$', 1), ''), {{ host }})
{%- endmacro %}

{# A host without its country: any_country("'www.google.co.uk'") -> 'www.google.*' #}
{% macro any_country(host) -%}
  {{ replace_all(host, '[.](?:(?:com?|org|net|ne|or)[.])?[a-z][a-z]+$', '.*') }}
{%- endmacro %}

{# The first of the parameters with such a name that says something, as written: url_parameter('url', 'utm_source'). #}
{% macro url_parameter(url, name) -%}
  nullif(regexp_extract({{ url }}, '(?i)[?&#;]{{ name }}=([^&#; ]+)', 1), '')
{%- endmacro %}

{# A text of an address as it reads, written once or twice over: decoded("'Fr%25C3%25BChling+24'") -> 'Frühling 24' #}
{% macro decoded(text) %}
  {{- return(adapter.dispatch('decoded')(text)) -}}
{% endmacro %}

{% macro default__decoded(text) -%}
  {%- set blanks = 'replace(' ~ text ~ ", '+', ' ')" -%}
  {%- set once = 'coalesce(try(url_decode(' ~ blanks ~ ')), ' ~ blanks ~ ')' -%}
  case when contains({{ text }}, '%') or contains({{ text }}, '+') then coalesce(try(url_decode({{ once }})), {{ once }}) else {{ text }} end
{%- endmacro %}
