{#- A seed whose columns all have a declared type is copied by the engine. dbt reads and guesses each value in Python first,
    which is most of the time that the made shop takes to load; other seeds go that way still. -#}
{%- materialization seed, adapter='duckdb' -%}
    {%- set types = config.get('column_types', {}) -%}
    {%- set file = adapter.get_seed_file_path(model) -%}
    {%- set head = run_query(
        "select column_name from (describe select * from read_csv('" ~ file ~ "', header = true, all_varchar = true))"
    ) -%}
    {%- set header = head.columns[0].values() -%}
    {%- if header | reject('in', types) | list -%}
        {{ return(dbt.materialization_seed_default()) }}
    {%- endif -%}
    {%- do store_result('agate_table', response='OK', agate_table=head) -%} {#- dbt asks for one -#}
    {{ run_hooks(pre_hooks) }}
    {%- set columns = [] -%}
    {%- for name in header -%}
        {%- do columns.append(adapter.quote(name) ~ ' ' ~ types[name]) -%}
    {%- endfor -%}
    {%- call statement('main') -%}
        create or replace table {{ this }} ({{ columns | join(', ') }});
        copy {{ this }} from '{{ file }}' (format csv, header true, delimiter ',')
    {%- endcall -%}
    {%- do persist_docs(this, model) -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{%- endmaterialization -%}
