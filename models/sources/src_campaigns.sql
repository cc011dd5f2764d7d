-- One row is one campaign, as the source system has it; where no source has any, as the seed campaigns has it: text, nothing
-- cleaned or left out.
with of_sources as (
    {{ rows_of_source('campaigns') }}
)

select * from of_sources
union all by name
select
    row_number() over () as row_number,
    {{ sql_text(sources()[0]['name']) }} as source_name,
    *
from {{ ref('campaigns') }}
where not exists (select 1 from of_sources)
